import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import type { Dependency, Project } from "./boundary.rules.ts";
import { type Import, readImports } from "./read-imports.ts";
import { runCommand } from "./run-command.ts";

interface NxGraph {
  readonly nodes: Readonly<Record<string, { readonly data: NxProject }>>;
  readonly dependencies: Readonly<Record<string, readonly { readonly source: string; readonly target: string }[]>>;
}

interface NxProject {
  readonly root: string;
  readonly tags?: readonly string[];
  readonly metadata?: { readonly js?: { readonly packageName?: string } };
}

/**
 * The workspace's projects and dependencies. Those between projects are Nx's own (`nx graph --file`), so what is
 * checked is what decides which projects a change affects; npm packages, which Nx leaves out of that file, are added.
 * Each dependency comes with the files that import it. Throws when Nx can't read the whole graph.
 */
export async function readProjectGraph(
  root: string,
): Promise<{ projects: readonly Project[]; dependencies: readonly Dependency[] }> {
  const [{ nodes, dependencies }, imports] = await Promise.all([exportGraph(root), readImports(root)]);
  const between = Object.values(dependencies)
    .flat()
    .map(({ source, target }) => {
      const imported = nodes[target]?.data.metadata?.js?.packageName ?? target;
      const targetRoot = nodes[target]?.data.root ?? target;
      const own = importsOf(imports, nodes[source]?.data.root ?? source);
      return { source, target, imported, files: filesOf(own.filter((one) => leadsTo(one, imported, targetRoot))) };
    });
  const external = Object.entries(nodes).flatMap(([source, { data }]) => {
    const byPackage = Map.groupBy(importsOf(imports, data.root), ({ specifier }) => packageOf(specifier));
    return [...byPackage].flatMap(([name, uses]) =>
      name === null ? [] : [{ source, target: `npm:${name}`, imported: name, files: filesOf(uses) }],
    );
  });
  return {
    projects: Object.entries(nodes).map(([name, { data }]) => ({
      name,
      tags: (data.tags ?? []).filter((tag) => !tag.startsWith("npm:")),
    })),
    dependencies: [
      ...between,
      ...external.filter(
        ({ imported }) => !Object.values(nodes).some(({ data }) => data.metadata?.js?.packageName === imported),
      ),
    ],
  };
}

async function exportGraph(root: string): Promise<NxGraph> {
  const folder = mkdtempSync(join(tmpdir(), "clic-graph-"));
  try {
    const file = join(folder, "graph.json");
    const { exitCode, output } = await runCommand(root, "nx", ["graph", `--file=${file}`]);
    // Nx ends with 0 also when it gave up on part of the graph, and then every boundary seems to hold.
    if (exitCode !== 0 || output.includes("partial graph")) {
      throw new Error(
        `Nx can't read the whole graph; mostly an import that nothing installed answers (tsc names it):\n${output.trim()}`,
      );
    }
    return (JSON.parse(readFileSync(file, "utf8")) as { graph: NxGraph }).graph;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function importsOf(imports: readonly Import[], projectRoot: string): readonly Import[] {
  return imports.filter(({ file }) => file.startsWith(`${projectRoot}/`));
}

function filesOf(imports: readonly Import[]): readonly string[] {
  return [...new Set(imports.map(({ file }) => file))];
}

function leadsTo({ file, specifier }: Import, imported: string, targetRoot: string): boolean {
  if (specifier === imported || specifier.startsWith(`${imported}/`)) return true;
  return specifier.startsWith(".") && posix.join(dirname(file), specifier).startsWith(`${targetRoot}/`);
}

/** The npm package of a bare specifier: `@scope/name/path` → `@scope/name`; null for paths and for Node's own. */
function packageOf(specifier: string): string | null {
  if (/^(\.|\/|node:|#)/.test(specifier)) return null;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
