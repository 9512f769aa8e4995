import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "graphql";
import type { Check } from "./check.ts";
import { findUndescribed } from "./descriptions.rules.ts";

export const check: Check = {
  name: "descriptions",
  cure: "describe it in the slice's SDL (contract first, then hazard), then npm run generate",
  findProblems(root) {
    const supergraph = parse(readFileSync(join(root, "gateway/supergraph.graphql"), "utf8"));
    return Promise.resolve(findUndescribed(supergraph).map((coordinate) => `${coordinate}: has no description`));
  },
};
