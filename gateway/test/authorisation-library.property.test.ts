import { describe, expect, it } from "@jest/globals";
import { type Viewer, anonymousViewer } from "@clic/identity";
import { noRegisteredOperations } from "@clic/registered-operations";
import { type ExecutionResult, Kind, buildSchema, parse, print, validate, visit } from "graphql";
import { pino } from "pino";
import { randomDocument, randomGraph, randomness } from "../../packages/graph-authorisation/test/random-graph.ts";
import { TYPENAME, execute, expectedAnswer, judge } from "../../packages/graph-authorisation/test/reference.ts";
import { createGraph } from "../src/graph.ts";
import { createMetrics } from "../src/metrics.ts";
import { createPersistedQueries } from "../src/protection/persisted-queries.ts";
import type { SubgraphClient } from "../src/subgraph/subgraph-client.ts";
import { composeOf } from "./test-gateway.ts";

const { TEST_LONG, TEST_SEED } = process.env;
const seed = Number(TEST_SEED ?? Date.now() % 1_000_000);
const graphs = TEST_LONG === "1" ? 300 : 8;
const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  { name: "@authenticated", as: "@signedIn" }, { name: "@requiresScopes", as: "@needs" }])\n`;
const log = pino({ level: "silent" });
const metrics = createMetrics();

/** Error places and data, comparable. */
const plain = ({ data = null, errors = [] }: Partial<ExecutionResult>): object => ({
  data: JSON.parse(JSON.stringify(data)) as unknown,
  paths: errors.map(({ path }) => JSON.stringify(path)).toSorted(),
});

/**
 * A document without what the library gets wrong, filtered or not: it drops an object of which a literal condition leaves
 * nothing, and, in an object of which it doesn't know `__typename`, what stands in a fragment on the object's type within
 * one on an interface.
 */
function forTheLibrary(document: string): string {
  const plain = document.replaceAll(/ @(?:include|skip)\(if: (?:true|false)\)/g, "");
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } } as const;
  return print(
    visit(parse(plain), {
      Field: ({ selectionSet, ...field }) =>
        selectionSet && {
          ...field,
          selectionSet: { ...selectionSet, selections: [typename, ...selectionSet.selections] },
        },
    }),
  );
}

describe("random documents over random composed graphs, planned and executed by the library", () => {
  it(`get what a plain reference gives, and nothing that is withheld is asked of the subgraph (seed ${seed})`, async () => {
    const random = randomness(seed);
    const seen = { documents: 0, withheld: 0 };
    for (let at = 0; at < graphs; at++) {
      const options = { head: HEAD, roots: ["Query", "Mutation"], policies: [], onInterfaces: false } as const;
      const { sdl, asks } = randomGraph(random, options);
      const schema = buildSchema(sdl, { assumeValid: true, assumeValidSDL: true });
      const withTypename = sdl.replace(/^((?:type|interface) .*)\{$/gm, `$1{ ${TYPENAME}: String!`);
      const reference = buildSchema(withTypename, { assumeValid: true, assumeValidSDL: true });
      let see: (type: string, field: string) => void = () => {};
      const client: SubgraphClient = {
        name: "one",
        async send({ query, variables = {} }) {
          const { data, errors } = execute(schema, parse(query), variables, (type, field) => see(type, field));
          return { data: data ?? null, errors: (errors ?? []).map((error) => ({ ...error.toJSON() })) };
        },
        stranger: false,
        reachable: () => Promise.resolve(true),
        close: () => Promise.resolve(),
      };
      const graph = await createGraph(composeOf([{ name: "one", sdl }]), {
        subgraphs: { of: () => client },
        openIntrospection: true,
        limits: undefined,
        planner: { threads: 1, memoryMb: 256 },
        registered: noRegisteredOperations,
        persistedQueries: createPersistedQueries(),
        whenWithheld: "filter",
        metrics,
        log,
      });
      for (let number = 0; number < 25; number++) {
        const query = forTheLibrary(randomDocument(schema, random));
        if (validate(schema, parse(query)).length > 0) continue;
        for (let asker = 0; asker < 3; asker++) {
          const authenticated = random.chance(0.5);
          const scopes = ["a", "b", "c"].filter(() => random.chance(0.5));
          const variables = random.chance(0.5) ? { v: random.chance(0.5), w: random.chance(0.5) } : {};
          const may = judge(asks, schema, { authenticated, scopes, policies: [] });
          const reached: string[] = [];
          see = (type, field) => void (may.field(type, field) || reached.push(`${type}.${field}`));
          const kind = authenticated ? "person" : "anonymous";
          const viewer = { ...anonymousViewer, kind, scopes: new Set<string>(scopes) } as unknown as Viewer;
          const contextValue = { viewer, sender: "s", requestId: "r", log, failedSubgraphs: new Map() };
          const { body } = await graph.server.executeOperation({ query, variables }, { contextValue });
          const given = body.kind === "single" ? (body.singleResult as ExecutionResult) : {};
          const wanted = expectedAnswer(reference, parse(query), variables, may);
          try {
            expect({ reached, ...plain(given) }).toEqual({ reached: [], ...plain(wanted) });
          } catch (error) {
            const about = JSON.stringify({ seed, query, sdl, authenticated, scopes, variables }, null, 1);
            throw new Error(`${about}\n${(error as Error).message}`);
          }
          seen.documents += 1;
          if (wanted.errors !== undefined) seen.withheld += 1;
        }
      }
      await graph.stop();
    }
    expect(seen.withheld).toBeGreaterThan(graphs);
    process.stdout.write(`filtering before the library: ${JSON.stringify(seen)}\n`);
  }, 3_600_000);
});
