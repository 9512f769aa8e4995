import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Check } from "./check.ts";
import { findLicenceProblems } from "./licences.rules.ts";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      license: z.string().optional(),
      link: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      devDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

export const check: Check = {
  name: "licences",
  cure: "add the line to NOTICE; a licence that is not permissive needs a paragraph there on what it means for who runs the graph",
  findProblems(root) {
    const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
    const installed = Object.entries(packages)
      .filter(([path, { link }]) => path.includes("node_modules/") && link !== true)
      .map(([path, { license }]) => ({
        path,
        name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
        licence: license ?? "none",
      }));
    const direct = Object.keys({ ...packages[""]?.dependencies, ...packages[""]?.devDependencies });
    return Promise.resolve(findLicenceProblems(installed, direct, readFileSync(join(root, "NOTICE"), "utf8")));
  },
};
