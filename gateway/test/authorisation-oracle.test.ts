import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Role, type Viewer, anonymousViewer, clientViewer, personViewer, roles } from "@clic/identity";
import { Supergraph } from "@apollo/federation-internals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type GraphQLSchema, isInterfaceType, isObjectType } from "graphql";
import { type Way, createWays } from "./oracle-documents.ts";
import { type Asked, type OracleGraph, startOracleGraph } from "./oracle-graph.ts";
import { type Asker, type Judge, readJudge } from "./oracle-judge.ts";
import { splitSupergraph } from "@clic/graph-authorisation";

const long = process.env["TEST_LONG"] === "1";

interface Somebody {
  readonly name: string;
  readonly viewer: Viewer;
  readonly asker: Asker;
}

/** Who works in the collaborative or its Alliance, said by hand. */
const STAFF: readonly Role[] = ["MEMBER", "LEAD", "OFFICE", "FACILITATOR"];
const person = (role: Role): Viewer => personViewer({ personId: "per_1", organisationId: "org_1", roles: [role] });
const somebody = (name: string, viewer: Viewer, policies: readonly string[]): Somebody => ({
  name,
  viewer,
  asker: { authenticated: name !== "anonymous", scopes: viewer.scopes, policies: new Set(policies) },
});
const people = (Object.keys(roles) as Role[])
  .filter((role) => role !== "CLIENT")
  .map((role) => somebody(role, person(role), STAFF.includes(role) ? ["person", "staff"] : ["person"]));
const everybody: readonly Somebody[] = [
  somebody("anonymous", anonymousViewer, []),
  somebody("CLIENT", clientViewer({ clientId: "c", roles: ["CLIENT"], scopes: roles.CLIENT.scopes }), []),
  somebody("CLIENT without scopes", clientViewer({ clientId: "c", roles: ["CLIENT"], scopes: [] }), []),
  ...people,
];
const few = ["anonymous", "CLIENT", "MEMBER", "ANALYST", "OFFICE"];

describe("every coordinate of the graph, for every role, in every way", () => {
  let graph: OracleGraph;
  let schema: GraphQLSchema;
  let judge: Judge;
  beforeAll(async () => {
    graph = await startOracleGraph();
    const text = readFileSync(join(import.meta.dirname, "../supergraph.graphql"), "utf8");
    schema = Supergraph.build(splitSupergraph(text).supergraph).apiSchema().toGraphQLJSSchema();
    judge = readJudge(Object.values(graph.sdls), schema);
  });
  afterAll(() => graph.close());

  function coordinates(): (readonly [string, string])[] {
    const all = Object.values(schema.getTypeMap()).flatMap((type) =>
      (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith("__")
        ? [...Object.keys(type.getFields()), "__typename"].map((field) => [type.name, field] as const)
        : [],
    );
    if (long) return all;
    const ruled = all.filter(([type, field]) => judge.ruled.has(`${type}.${field}`) || judge.ruled.has(type));
    const [mutations, others] = [
      ruled.filter(([type]) => type === "Mutation"),
      ruled.filter(([type]) => type !== "Mutation"),
    ];
    return [...others, ...mutations.slice(0, 4), ...all.filter((_, index) => index % 37 === 0)];
  }

  /** What is wrong with an answer; empty when nothing is. */
  function problems({ steps }: Way, { asker }: Somebody, { data, errors, reached }: Asked): string[] {
    const leaked = [...reached].filter((coordinate) => {
      const [type = "", field = ""] = coordinate.split(".");
      return field !== "__typename" && !judge.field(type, field, asker);
    });
    const denied = steps.findIndex(
      ({ parent, on, field }) =>
        [...on, parent].some((type) => !judge.type(type, asker)) || !judge.field(on.at(-1) ?? parent, field, asker),
    );
    const path = steps.slice(0, denied === -1 ? steps.length : denied + 1).map(({ key }) => key);
    const told = errors.map((error) => [
      error.path?.filter((key) => typeof key === "string").join("."),
      error.extensions?.code,
    ]);
    const seen = valueAt(data, path);
    const found = leaked.map((coordinate) => `${coordinate} reached a subgraph`);
    if (denied === -1) {
      if (told.length > 0) found.push(`is denied: ${JSON.stringify(errors)}`);
      if (seen === null || seen === undefined) found.push("has no value");
      return found;
    }
    if (seen !== null && seen !== undefined) found.push(`is shown: ${JSON.stringify(seen)}`);
    if (JSON.stringify(told) !== JSON.stringify([[path.join("."), "UNAUTHORIZED_FIELD_OR_TYPE"]]))
      found.push(`is told as ${JSON.stringify(told)}`);
    return found;
  }

  it("shows what the services' schemas say and nothing else, in the answer and to the subgraphs", async () => {
    const waysTo = createWays(schema, Object.values(graph.sdls));
    const counts: Record<string, number> = { shown: 0, withheld: 0 };
    const wrong: string[] = [];
    for (const [type, field] of coordinates()) {
      for (const way of waysTo(type, field)) {
        graph.become.clear();
        for (const [abstract, concrete] of way.become) graph.become.set(abstract, concrete);
        for (const each of everybody.filter(({ name }) => long || few.includes(name))) {
          const asked = await graph.ask(way.query, each.viewer);
          counts[way.how] = (counts[way.how] ?? 0) + 1;
          counts[asked.errors.length > 0 ? "withheld" : "shown"]! += 1;
          for (const problem of problems(way, each, asked))
            wrong.push(`${type}.${field} for ${each.name} by ${way.how}: ${problem}\n  ${way.query}`);
        }
      }
    }
    process.stdout.write(`oracle: ${JSON.stringify(counts)}\n`);
    expect(wrong.slice(0, 20)).toEqual([]);
    const ways = ["direct", "alias", "inline fragment", "named fragment", "interface", "union", "node", "reference"];
    for (const how of [...ways, "shown", "withheld"]) expect([how, counts[how]! > 10]).toEqual([how, true]);
  }, 3_600_000);
});

/** What an answer has at a path; lists have one element. */
function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const key of path) {
    while (Array.isArray(value)) value = value[0];
    if (typeof value !== "object" || value === null) return value;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
