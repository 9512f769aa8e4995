import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { boundaries } from "./boundary.constraints.ts";
import { findBoundaryViolations } from "./boundary.rules.ts";
import { readProjectGraph } from "./project-graph.ts";

const project = (name: string, folder: string, tags: readonly string[]) => ({
  [`${folder}/package.json`]: { name: `@clic/${name}`, version: "0.1.0", type: "module", exports: "./src/index.ts" },
  [`${folder}/project.json`]: { name, root: folder, tags },
});

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "clic-workspace-"));
  write({
    ".gitignore": "node_modules\n.nx\n",
    "package.json": { name: "a-workspace", private: true, workspaces: ["packages/*", "services/*", "gateway"] },
    "nx.json": {
      analytics: false,
      neverConnectToCloud: true,
      pluginsConfig: { "@nx/js": { analyzeSourceFiles: true } },
    },
    "tsconfig.base.json": { compilerOptions: { paths: { "@clic/*": ["./packages/*/src/index.ts"] } } },
    ...project("events", "services/events", ["type:service", "scope:events"]),
    ...project("leadership", "services/leadership", ["type:service", "scope:leadership"]),
    ...project("subgraph-kit", "packages/subgraph-kit", ["type:package", "scope:shared"]),
    ...project("gateway", "gateway", ["type:application", "scope:gateway"]),
    "packages/subgraph-kit/src/index.ts": "export const kit = 1;\n",
    "services/leadership/src/cohort.rules.ts": "export const size = 12;\n",
    "services/events/src/app.ts": 'import { kit } from "@clic/subgraph-kit";\nexport const app = kit;\n',
    "services/events/src/booking.rules.ts":
      'import { size } from "../../leadership/src/cohort.rules.ts";\nexport const places = size;\n',
    "gateway/src/app.ts":
      'import type { Kit } from "@clic/subgraph-kit";\nexport const orm = await import("@mikro-orm/core");\nexport type { Kit };\n',
  });
  for (const name of ["node_modules", "package-lock.json"])
    symlinkSync(resolve(import.meta.dirname, "../../..", name), join(root, name));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

describe("a workspace with broken boundaries", () => {
  it("is found out by tag, with the file that breaks them", async () => {
    const { projects, dependencies } = await readProjectGraph(root);
    expect(findBoundaryViolations(projects, dependencies, boundaries)).toEqual([
      expect.stringMatching(/^services\/events\/src\/booking\.rules\.ts: type:service may depend on type:package/),
      expect.stringMatching(/^services\/events\/src\/booking\.rules\.ts: scope:events may depend on scope:shared/),
      "gateway/src/app.ts: scope:gateway never imports @clic/subgraph-kit",
      "gateway/src/app.ts: scope:gateway never imports @mikro-orm/core",
    ]);
  });

  it("is refused when Nx can read only part of it", async () => {
    write({ "services/events/src/typo.ts": 'import "not-a-package-of-anybody";\n' });
    await expect(readProjectGraph(root)).rejects.toThrow("can't read the whole graph");
  });
});
