import type { Check } from "./check.ts";
import { problemsOf } from "./run-command.ts";

export const check: Check = {
  name: "types",
  cure: "npx tsc -p tsconfig.json shows the same; after a change of SDL run npm run generate first",
  findProblems: (root) => problemsOf(root, "tsc", ["-p", "tsconfig.json", "--pretty", "false"]),
};
