import type { Check } from "./check.ts";
import { problemsOf } from "./run-command.ts";

export const check: Check = {
  name: "types",
  cure: "npx tsc -p tsconfig.json (and -p packages/explorer) shows the same; after a change of SDL run npm run generate first",
  // The explorer's page is the one source that has a DOM and JSX, so it is checked apart.
  findProblems: async (root) => {
    const configs = ["tsconfig.json", "packages/explorer/tsconfig.json"];
    const found = configs.map((config) => problemsOf(root, "tsc", ["-p", config, "--pretty", "false"]));
    return (await Promise.all(found)).flat();
  },
};
