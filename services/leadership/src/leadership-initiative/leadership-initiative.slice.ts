import type { GraphContext, Slice } from "@clic/subgraph-kit";
import { programmes } from "../programme/programme.entity.ts";

const resolvers = {
  LeadershipInitiative: {
    __resolveReference: (reference: { id: string }) => reference,
    programme: ({ id }: { id: string }, _: unknown, context: GraphContext) =>
      programmes.byKey(context, "workItemId", id),
  },
};

export const leadershipInitiativeSlice: Slice = { directory: import.meta.dirname, resolvers };
