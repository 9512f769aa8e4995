import type { Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { rollOuts } from "../roll-out/roll-out.entity.ts";

const resolvers: Resolvers = {
  LearningInitiative: {
    __resolveReference: (reference) => reference,
    rollOut: ({ id }, _, context) => rollOuts.byKey(context, "workItemId", id),
  },
};

export const learningInitiativeSlice: Slice = { directory: import.meta.dirname, resolvers };
