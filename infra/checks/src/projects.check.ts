import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Check } from "./check.ts";
import { listFiles } from "./list-files.ts";

const projectSchema = z.object({
  name: z.string(),
  root: z.string(),
  tags: z.array(z.string()),
  targets: z.record(z.string(), z.unknown()).default({}),
});
const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** Manifests that are no part of the workspace: what the graph is measured beside shares no version with it. */
const apart = ["infra/benchmark/peers/package.json"];

/** Every project has the same rooms, and every version is pinned once, in the root's package.json. */
export const check: Check = {
  name: "projects",
  cure: "give the project what its neighbours have: README.md, tsconfig.json, project.json with a type: and a scope: tag and its targets",
  async findProblems(root) {
    const files = await listFiles(root);
    const projects = files
      .filter((file) => file.endsWith("/project.json"))
      .flatMap((file) => projectProblems(root, file, files));
    const manifests = files
      .filter((file) => file.endsWith("package.json") && !apart.includes(file))
      .flatMap((file) => versionProblems(root, file));
    const untold = files
      .filter(
        (file) =>
          /^(packages|services)\/[^/]+\/package\.json$/.test(file) &&
          !files.includes(join(dirname(file), "project.json")),
      )
      .map((file) => `${dirname(file)}: has no project.json`);
    return [...projects, ...untold, ...manifests];
  },
};

function projectProblems(root: string, file: string, files: readonly string[]): readonly string[] {
  const folder = dirname(file);
  const parsed = projectSchema.safeParse(JSON.parse(readFileSync(join(root, file), "utf8")));
  if (!parsed.success) return [`${file}: ${z.prettifyError(parsed.error)}`];
  const { tags, targets, root: stated } = parsed.data;
  const tested = files.some((one) => one.startsWith(`${folder}/`) && one.endsWith(".test.ts"));
  const wanted = ["types", "lint", ...(tested ? ["test"] : []), ...(tags.includes("type:service") ? ["schema"] : [])];
  return [
    ...["README.md", "tsconfig.json"]
      .filter((name) => !existsSync(join(root, folder, name)))
      .map((name) => `${folder}: has no ${name}`),
    ...["type:", "scope:"]
      .filter((kind) => tags.filter((tag) => tag.startsWith(kind)).length !== 1)
      .map((kind) => `${file}: needs one ${kind} tag`),
    ...wanted.filter((target) => targets[target] === undefined).map((target) => `${file}: has no target ${target}`),
    ...(stated === folder ? [] : [`${file}: says its root is ${stated}`]),
  ];
}

function versionProblems(root: string, file: string): readonly string[] {
  const { dependencies, devDependencies } = manifestSchema.parse(JSON.parse(readFileSync(join(root, file), "utf8")));
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(
      ([name, version]) =>
        !name.startsWith("@clic/") && (file !== "package.json" || !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    )
    .map(
      ([name, version]) =>
        `${file}: ${name} ${version} ${file === "package.json" ? "is not an exact version" : "belongs into the root's package.json"}`,
    );
}
