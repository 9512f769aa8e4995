import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.ts";
import { listFiles } from "./list-files.ts";
import { findForbidden, largestBytes } from "./repository.rules.ts";

export const check: Check = {
  name: "repository",
  cure: "take the file or the line out; what must not come back goes into .gitignore",
  async findProblems(root) {
    return (await listFiles(root)).flatMap((file) => {
      const { size } = statSync(join(root, file));
      return findForbidden(file, size, size <= largestBytes ? readFileSync(join(root, file), "utf8") : "");
    });
  },
};
