import { listRows, mutate, present, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { standards } from "../standard/standard.entity.ts";
import { assessAdoption } from "./assess-adoption.ts";
import { standardAdoptions } from "./standard-adoption.entity.ts";
import { standardAdoptionList } from "./standard-adoption.list.ts";
import { standardAdoptionRefusals } from "./standard-adoption.refusals.ts";
import { mayReadDetail } from "./standard-adoption.rules.ts";

const resolvers: Resolvers = {
  Query: { standardAdoptions: (_, args, context) => listRows(context, standardAdoptionList, args) },
  Mutation: {
    assessAdoption: (_, { input }, context) =>
      mutate(context, standardAdoptions, (useCase) => assessAdoption(useCase, input)),
  },
  StandardAdoption: {
    __resolveReference: ({ id }, context) => standardAdoptions.byId(context, id),
    standard: ({ standardId }, _, context) => present(standards.byId(context, standardId)),
    organisation: ({ organisationId }) => ({ __typename: "Organisation", id: organisationId }),
    reason: ({ organisationId, reason }, _, { viewer }) => (mayReadDetail(viewer, organisationId) ? reason : null),
    gap: ({ organisationId, gap }, _, { viewer }) => (mayReadDetail(viewer, organisationId) ? gap : null),
    actions: ({ organisationId, actions }, _, { viewer }) => (mayReadDetail(viewer, organisationId) ? actions : null),
    detailWithheld: ({ organisationId }, _, { viewer }) => !mayReadDetail(viewer, organisationId),
  },
};

export const standardAdoptionSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [standardAdoptionList],
  refusals: standardAdoptionRefusals,
};
