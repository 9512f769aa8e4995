import type { Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { programmes } from "../programme/programme.entity.ts";

const resolvers: Resolvers = {
  LeadershipInitiative: {
    __resolveReference: (reference) => reference,
    programme: ({ id }, _, context) => programmes.byKey(context, "workItemId", id),
  },
};

export const leadershipInitiativeSlice: Slice = { directory: import.meta.dirname, resolvers };
