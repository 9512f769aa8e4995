import type { Check } from "./check.ts";
import { problemsOf } from "./run-command.ts";

export const check: Check = {
  name: "format",
  cure: "npm run format",
  async findProblems(root) {
    const lines = await problemsOf(root, "oxfmt", ["--list-different"]);
    return lines.map((line) => line.trim());
  },
};
