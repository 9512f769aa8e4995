import type { Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { rollOuts } from "../roll-out/roll-out.entity.ts";
import { learningInitiatives } from "./learning-initiative.entity.ts";

const resolvers: Resolvers = {
  LearningInitiative: {
    __resolveReference: (reference) => reference,
    takenUpAt: async ({ id }, _, context) => (await learningInitiatives.byId(context, id))?.takenUpAt ?? null,
    rollOut: ({ id }, _, context) => rollOuts.byKey(context, "workItemId", id),
  },
};

export const learningInitiativeSlice: Slice = { directory: import.meta.dirname, resolvers };
