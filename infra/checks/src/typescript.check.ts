import type { Check } from "./check.ts";
import { problemsOf } from "./run-command.ts";

export const check: Check = {
  name: "types",
  cure: "npx tsc -p tsconfig.json (and -p packages/explorer, -p infra/acceptance) shows the same; after a change of SDL run npm run generate first",
  // What runs in a browser is checked apart: no other source should take a DOM for granted.
  findProblems: async (root) => {
    const configs = ["tsconfig.json", "packages/explorer/tsconfig.json", "infra/acceptance/tsconfig.json"];
    const found = configs.map((config) => problemsOf(root, "tsc", ["-p", config, "--pretty", "false"]));
    return (await Promise.all(found)).flat();
  },
};
