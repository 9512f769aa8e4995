import { isGlobalId } from "@clic/global-id";
import { listUnder, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { standardAdoptionList } from "../standard-adoption/standard-adoption.list.ts";

const resolvers: Resolvers = {
  Organisation: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Organisation") ? reference : null),
    standardAdoptions: ({ id }, args, context) =>
      listUnder(context, standardAdoptionList, args, { property: "organisationId" }, id),
  },
};

export const organisationSlice: Slice = { directory: import.meta.dirname, resolvers };
