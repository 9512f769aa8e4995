import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateAll } from "../../codegen/src/generate.ts";
import type { Check } from "./check.ts";
import { listFiles } from "./list-files.ts";

export const check: Check = {
  name: "generated",
  cure: "npm run generate, and commit what it writes",
  async findProblems(root) {
    const { files, problems } = await generateAll(root);
    const stale = [...files].flatMap(([path, content]) => {
      if (!existsSync(join(root, path))) return [`${path}: is missing`];
      return readFileSync(join(root, path), "utf8") === content ? [] : [`${path}: is stale`];
    });
    const orphans = (await listFiles(root)).filter((path) => path.includes("/src/generated/") && !files.has(path));
    const left = problems.length > 0 ? [] : orphans.map((path) => `${path}: nothing generates it any more; delete it`);
    return [...problems, ...stale, ...left];
  },
};
