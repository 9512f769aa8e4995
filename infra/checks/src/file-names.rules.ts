/** Names that say nothing about what is inside. */
const empty = ["util", "utils", "helper", "helpers", "common", "types", "manager", "base", "misc", "shared"];

/** What a file of a service can be; the same word means the same thing in every slice. */
const kinds = ["config", "entity", "errors", "facts", "list", "loaders", "refusals", "resolvers", "rules", "slice"];

/** Paths (from the root, with forward slashes) whose names break the house's style, one line each. Pure. */
export function findNameProblems(files: readonly string[]): readonly string[] {
  return files
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("/generated/"))
    .flatMap((file) => {
      const parts = file.split("/");
      const name = parts.at(-1) ?? "";
      const [noun = "", ...rest] = name.replace(/\.tsx?$/, "").split(".");
      const kind = rest.filter((word) => word !== "test")[0];
      const problems: string[] = [];
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.tsx?$/.test(name)) problems.push("is not in lower-case words with hyphens");
      if ([noun, ...parts.slice(0, -1)].some((word) => empty.includes(word)))
        problems.push("has a name that says nothing of what is inside");
      if (/^services\/[^/]+\/src\//.test(file) && kind !== undefined && !kinds.includes(kind)) {
        problems.push(`is of no known kind (${kind}); there are ${kinds.join(", ")}`);
      }
      return problems.map((problem) => `${file}: ${problem}`);
    });
}
