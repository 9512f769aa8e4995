import type { BoundaryTable } from "./boundary.constraints.ts";

export interface Project {
  readonly name: string;
  readonly tags: readonly string[];
}

/** That files of one project use another, or an npm package. */
export interface Dependency {
  readonly source: string;
  /** Name of a project, or `npm:<package>`. */
  readonly target: string;
  /** The package name that sources write to import the target. */
  readonly imported: string;
  /** Files of the source that import the target; empty when a project.json or package.json alone says so. */
  readonly files: readonly string[];
}

/** What breaks the table, one line each, in the order of the input. Pure: the graph and the table are arguments. */
export function findBoundaryViolations(
  projects: readonly Project[],
  dependencies: readonly Dependency[],
  table: BoundaryTable,
): readonly string[] {
  const byName = new Map(projects.map((project) => [project.name, project]));
  const untold = projects.flatMap(({ name, tags }) =>
    tags
      .filter((tag) => !Object.hasOwn(table.mayDependOn, tag))
      .map((tag) => `${name}: no constraint is written for its tag ${tag}`),
  );
  const broken = dependencies.flatMap((dependency) => {
    const source = byName.get(dependency.source);
    const target = byName.get(dependency.target);
    if (source === undefined || source === target) return [];
    const places = placesOf(dependency, target, table);
    if (places.length === 0) return [];
    return source.tags
      .flatMap((tag) => reasonsAgainst(tag, dependency.imported, target, table))
      .map((reason) => `${places.join(", ")}: ${reason}`);
  });
  return [...untold, ...broken];
}

/** Where the table applies: every file, but not tests when the target is there for tests. */
function placesOf({ source, files }: Dependency, target: Project | undefined, table: BoundaryTable): readonly string[] {
  if (files.length === 0) return [`the manifest of ${source}`];
  const forTests = target?.tags.some((tag) => table.inTests.includes(tag)) ?? false;
  return forTests ? files.filter((file) => !isTest(file)) : files;
}

function reasonsAgainst(
  tag: string,
  imported: string,
  target: Project | undefined,
  table: BoundaryTable,
): readonly string[] {
  const never = table.neverImports[tag]?.some((pattern) => matches(pattern, imported)) ?? false;
  if (never) return [`${tag} never imports ${imported}`];
  if (target === undefined) return [];
  const allowed = table.mayDependOn[tag] ?? [];
  if (target.tags.some((targetTag) => allowed.includes(targetTag))) return [];
  return [
    `${tag} may depend on ${allowed.join(", ") || "nothing"}, but ${target.name} is ${target.tags.join(", ") || "without tags"}`,
  ];
}

function matches(pattern: string, imported: string): boolean {
  return pattern.endsWith("/*") ? imported.startsWith(pattern.slice(0, -1)) : imported === pattern;
}

function isTest(file: string): boolean {
  return file.endsWith(".test.ts") || file.includes("/test/");
}
