import type { Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { programmes } from "../programme/programme.entity.ts";
import { leadershipInitiatives } from "./leadership-initiative.entity.ts";

const resolvers: Resolvers = {
  LeadershipInitiative: {
    __resolveReference: (reference) => reference,
    takenUpAt: async ({ id }, _, context) => (await leadershipInitiatives.byId(context, id))?.takenUpAt ?? null,
    programme: ({ id }, _, context) => programmes.byKey(context, "workItemId", id),
  },
};

export const leadershipInitiativeSlice: Slice = { directory: import.meta.dirname, resolvers };
