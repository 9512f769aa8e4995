import type { Check } from "./check.ts";
import { problemsOf } from "./run-command.ts";

export const check: Check = {
  name: "lint",
  cure: "npx oxlint --fix, then by hand; a rule that is wrong for a file is switched off in .oxlintrc.json, with the reason in the commit",
  findProblems: (root) => problemsOf(root, "oxlint", ["--format", "unix"]),
};
