import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Viewer } from "@clic/identity";
import { noRegisteredOperations } from "@clic/registered-operations";
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  TypeInfo,
  buildSchema,
  graphql,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { pino } from "pino";
import { createGraph } from "../src/graph.ts";
import { createMetrics } from "../src/metrics.ts";
import { createPersistedQueries } from "../src/protection/persisted-queries.ts";
import type { SubgraphClient } from "../src/subgraph/subgraph-client.ts";

process.env["APOLLO_TELEMETRY_DISABLED"] = "1";
const root = join(import.meta.dirname, "../..");

/** What one request got, and every field of every subgraph that it reached. */
export interface Asked {
  readonly data: unknown;
  readonly errors: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: unknown };
  }[];
  readonly reached: ReadonlySet<string>;
}

export interface OracleGraph {
  readonly sdls: Readonly<Record<string, string>>;
  /** Abstract type → the type that its objects are of. */
  readonly become: Map<string, string>;
  ask(query: string, viewer: Viewer): Promise<Asked>;
  close(): Promise<void>;
}

/**
 * The gateway over the services' schemas. The services are stand-ins that show everything to everybody, so that whatever
 * is withheld is withheld by the gateway: each field has a value, each list one element, each reference is somebody.
 */
export async function startOracleGraph(): Promise<OracleGraph> {
  const names = readdirSync(join(root, "services"));
  const sdls = Object.fromEntries(
    names.map((name) => [name, readFileSync(join(root, "services", name, "schema.graphql"), "utf8")]),
  );
  const become = new Map<string, string>();
  let reached = new Set<string>();
  const schemas = new Map(names.map((name) => [name, buildSchema(sdls[name]!, { assumeValid: true })]));
  const clientOf = (name: string): SubgraphClient => ({
    name,
    async send({ query, variables }) {
      const schema = schemas.get(name)!;
      const info = new TypeInfo(schema);
      visit(
        parse(query),
        visitWithTypeInfo(info, {
          Field: ({ name: field }) => void reached.add(`${info.getParentType()?.name}.${field.value}`),
        }),
      );
      const { data, errors } = await graphql({
        schema,
        source: query,
        variableValues: variables ?? {},
        fieldResolver: (
          _source,
          given: { representations?: unknown },
          _context,
          { fieldName, parentType, returnType },
        ) =>
          fieldName === "_entities"
            ? given.representations
            : valueOf(returnType, `${parentType.name}.${fieldName}`, schema, become),
        typeResolver: (value: { __typename: string }) => value.__typename,
      });
      return { data: data ?? null, errors: errors?.map((error) => ({ ...error.toJSON() })) ?? [] };
    },
    stranger: false,
    reachable: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  });
  const log = pino({ level: "silent" });
  const graph = await createGraph(readFileSync(join(root, "gateway/supergraph.graphql"), "utf8"), {
    subgraphs: { of: clientOf },
    openIntrospection: true,
    limits: undefined,
    planner: { threads: 1, memoryMb: 256 },
    registered: noRegisteredOperations,
    persistedQueries: createPersistedQueries(),
    whenWithheld: "filter",
    metrics: createMetrics(),
    log,
  });
  return {
    sdls,
    become,
    async ask(query, viewer) {
      reached = new Set();
      const contextValue = { viewer, sender: "s", requestId: "r", log, failedSubgraphs: new Map() };
      const { body } = await graph.server.executeOperation({ query }, { contextValue });
      if (body.kind !== "single") throw new Error("The answer is not a single one.");
      const { data = null, errors = [] } = JSON.parse(JSON.stringify(body.singleResult)) as Partial<Asked>;
      return { data, errors, reached };
    },
    close: () => graph.stop(),
  };
}

function valueOf(
  type: GraphQLOutputType,
  place: string,
  schema: GraphQLSchema,
  become: ReadonlyMap<string, string>,
): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, place, schema, become);
  if (isListType(type)) return [valueOf(type.ofType, place, schema, become)];
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type).map(({ name }) => name);
    const wanted = become.get(type.name);
    return { __typename: wanted !== undefined && possible.includes(wanted) ? wanted : possible[0] };
  }
  if (isObjectType(type)) return { __typename: type.name };
  if (isEnumType(type)) return type.getValues()[0]!.value as unknown;
  return { Int: 1, Float: 1.5, Boolean: true, SafeInt: 1 }[type.name] ?? place;
}
