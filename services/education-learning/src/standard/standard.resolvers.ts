import { badInput, listRows, listUnder, mutate, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { standardAdoptionList } from "../standard-adoption/standard-adoption.list.ts";
import { publishStandard } from "./publish-standard.ts";
import { reviseStandard } from "./revise-standard.ts";
import { standards } from "./standard.entity.ts";
import { standardList, standardVersionList } from "./standard.list.ts";
import { standardRefusals } from "./standard.refusals.ts";

const resolvers: Resolvers = {
  Query: {
    standard: (_, { id, reference }, context) => {
      if ((id == null) === (reference == null)) throw badInput("Give id or reference, and only one of them.");
      return id == null ? standards.byKey(context, "reference", reference as string) : standards.byId(context, id);
    },
    standards: (_, args, context) => listRows(context, standardList, args),
  },
  Mutation: {
    publishStandard: (_, { input }, context) =>
      mutate(context, standards, (useCase) => publishStandard(useCase, input)),
    reviseStandard: (_, { input }, context) => mutate(context, standards, (useCase) => reviseStandard(useCase, input)),
  },
  Standard: {
    __resolveReference: ({ id }, context) => standards.byId(context, id),
    versions: ({ id }, args, context) => listUnder(context, standardVersionList, args, { property: "standardId" }, id),
    adoptions: ({ id }, args, context) =>
      listUnder(context, standardAdoptionList, args, { property: "standardId" }, id),
  },
};

export const standardSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [standardList, standardVersionList],
  refusals: standardRefusals,
};
