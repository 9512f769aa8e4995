import type { GraphContext, Slice } from "@clic/subgraph-kit";
import { rollOuts } from "../roll-out/roll-out.entity.ts";

const resolvers = {
  LearningInitiative: {
    __resolveReference: (reference: { id: string }) => reference,
    rollOut: ({ id }: { id: string }, _: unknown, context: GraphContext) => rollOuts.byKey(context, "workItemId", id),
  },
};

export const learningInitiativeSlice: Slice = { directory: import.meta.dirname, resolvers };
