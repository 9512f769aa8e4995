/** Who may depend on whom. A project has to satisfy the line of each of its tags; a tag without a line is a violation. */
export interface BoundaryTable {
  /** Tag of a project → tags of which its dependency must carry at least one. */
  readonly mayDependOn: Readonly<Record<string, readonly string[]>>;
  /** Tag of a project → packages it never imports; `x/*` stands for all of a npm scope. */
  readonly neverImports: Readonly<Record<string, readonly string[]>>;
  /** Tags of projects that any test may use, and no other source. */
  readonly inTests: readonly string[];
}

const services = ["organisations", "education-learning", "production-system", "leadership", "events"].map(
  (name) => `scope:${name}`,
);

export const boundaries: BoundaryTable = {
  mayDependOn: {
    "type:package": ["type:package"],
    "type:service": ["type:package"],
    "type:application": ["type:package", "type:client"],
    "type:client": ["type:client"],
    "type:tool": ["type:package", "type:service", "type:application", "type:client", "type:tool"],
    "scope:shared": ["scope:shared"],
    ...Object.fromEntries(services.map((service) => [service, ["scope:shared"]])),
    "scope:gateway": ["scope:shared"],
    "scope:client": ["scope:client"],
    "scope:explorer": ["scope:client"],
    "scope:development": ["scope:development", "scope:explorer", "scope:shared"],
    "scope:repository": [
      "scope:repository",
      "scope:shared",
      "scope:development",
      "scope:client",
      "scope:explorer",
      "scope:gateway",
      ...services,
    ],
  },
  neverImports: {
    "scope:gateway": ["@clic/subgraph-kit", "@mikro-orm/*", "react", "react-dom"],
    "type:service": ["@apollo/gateway", "@apollo/composition", "@apollo/query-planner"],
  },
  inTests: ["scope:development"],
};
