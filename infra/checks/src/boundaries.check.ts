import { boundaries } from "./boundary.constraints.ts";
import { findBoundaryViolations } from "./boundary.rules.ts";
import type { Check } from "./check.ts";
import { readProjectGraph } from "./project-graph.ts";

export const check: Check = {
  name: "boundaries",
  cure: "take the import out; what two projects need goes into a package (infra/checks/src/boundary.constraints.ts has the table)",
  async findProblems(root) {
    const { projects, dependencies } = await readProjectGraph(root);
    return findBoundaryViolations(projects, dependencies, boundaries);
  },
};
