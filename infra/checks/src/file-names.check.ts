import type { Check } from "./check.ts";
import { findNameProblems } from "./file-names.rules.ts";
import { listFiles } from "./list-files.ts";

export const check: Check = {
  name: "file-names",
  cure: "name the file after what it is: <noun>.<kind>.ts or <verb>-<noun>.ts; a new kind goes into infra/checks/src/file-names.rules.ts",
  findProblems: async (root) => findNameProblems(await listFiles(root)),
};
