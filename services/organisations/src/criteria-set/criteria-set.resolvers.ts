import { listRows, mutate, once, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { readableId } from "../readable-id.ts";
import { makeCriteriaSetLive, retireCriteriaSet } from "./change-criteria-set-status.ts";
import { criteria, criteriaSets } from "./criteria-set.entity.ts";
import { criteriaSetList, criterionList } from "./criteria-set.list.ts";
import { criteriaSetRefusals } from "./criteria-set.refusals.ts";
import { copyCriteriaSet, draftCriteriaSet } from "./draft-criteria-set.ts";
import { reviseCriteriaSet } from "./revise-criteria-set.ts";

const resolvers: Resolvers = {
  Query: {
    criteriaSet: (_, { id }, context) => criteriaSets.byId(context, readableId(id, "CriteriaSet")),
    liveCriteriaSet: (_, __, context) => criteriaSets.byKey(context, "status", "LIVE"),
    criteriaSets: (_, args, context) => listRows(context, criteriaSetList, args),
    criteria: (_, args, context) => listRows(context, criterionList, args),
  },
  Mutation: {
    draftCriteriaSet: (_, { input }, context) =>
      mutate(context, criteriaSets, (useCase) =>
        once(useCase, { mutation: "draftCriteriaSet", input }, (inner) => draftCriteriaSet(inner, input)),
      ),
    copyCriteriaSet: (_, { input }, context) =>
      mutate(context, criteriaSets, (useCase) =>
        once(useCase, { mutation: "copyCriteriaSet", input }, (inner) => copyCriteriaSet(inner, input)),
      ),
    reviseCriteriaSet: (_, { input }, context) =>
      mutate(context, criteriaSets, (useCase) => reviseCriteriaSet(useCase, input)),
    makeCriteriaSetLive: (_, { input }, context) =>
      mutate(context, criteriaSets, (useCase) => makeCriteriaSetLive(useCase, input)),
    retireCriteriaSet: (_, { input }, context) =>
      mutate(context, criteriaSets, (useCase) => retireCriteriaSet(useCase, input)),
  },
  CriteriaSet: {
    __resolveReference: ({ id }, context) => criteriaSets.byId(context, id),
    copyOf: ({ copyOfId }, _, context) => (copyOfId == null ? null : criteriaSets.byId(context, copyOfId)),
    criteria: ({ id }, _, context) => criteria.manyBy(context, "criteriaSetId", id, "place"),
  },
  Criterion: {
    __resolveReference: ({ id }, context) => criteria.byId(context, id),
    criteriaSet: ({ criteriaSetId }, _, context) => criteriaSets.byId(context, criteriaSetId),
  },
};

export const criteriaSetSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [criteriaSetList, criterionList],
  refusals: criteriaSetRefusals,
};
