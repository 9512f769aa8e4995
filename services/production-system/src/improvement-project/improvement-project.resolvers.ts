import type { Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { improvementProjects } from "./improvement-project.entity.ts";

const resolvers: Resolvers = {
  ImprovementProject: {
    __resolveReference: (reference) => reference,
    takenUpAt: async ({ id }, _, context) => (await improvementProjects.byId(context, id))?.takenUpAt ?? null,
  },
};

export const improvementProjectSlice: Slice = { directory: import.meta.dirname, resolvers };
