import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSubgraphSchema, printSubgraphSchema } from "@apollo/subgraph";
import type { Viewer } from "@clic/identity";
import type { FastifyInstance } from "fastify";
import { type GraphQLSchema, parse } from "graphql";
import { DateResolver, DateTimeResolver, SafeIntResolver } from "graphql-scalars";
import type { GraphContext } from "./context.ts";
import { checkCatalogue, printCatalogue, refusalEntries } from "./errors/catalogue.ts";
import { connectionResolvers } from "./list/connection.resolvers.ts";
import type { AnyList } from "./list/list-definition.ts";
import { commonFilterSdl, listSdl } from "./list/list-sdl.ts";
import { projectLists } from "./list/projection.ts";
import { resolveEntities } from "./node/entities.ts";
import { addNodeKeys, nodeKeyResolvers } from "./node/node-key.ts";
import { type Orm, discover } from "./orm.ts";

/** One feature of a service: its folder's SDL, and what resolves it. */
export interface Slice {
  /** The slice's folder (`import.meta.dirname`); every `*.graphql` in it is part of the SDL. */
  readonly directory: string;
  readonly resolvers?: object;
  readonly lists?: readonly AnyList[];
  /** What `defineRefusals` made, for the catalogue. */
  readonly refusals?: object;
  /**
   * What the slice answers beside GraphQL (a calendar, a download). These routes have no token: whoever asks is
   * whom `contextFor` is given, which is the anonymous viewer unless the route has identified somebody itself.
   */
  readonly routes?: (app: FastifyInstance, contextFor: (viewer: Viewer) => GraphContext) => void;
}

/** A service's part of the graph. */
export interface Subgraph {
  readonly name: string;
  readonly orm: Orm;
  readonly slices: readonly Slice[];
  /** The whole SDL: kit, printed lists, slices. */
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

interface SubgraphOptions {
  readonly name: string;
  readonly orm: Orm;
  /** The folder of `federation.graphql`. */
  readonly directory: string;
  readonly slices: readonly Slice[];
}

/** Puts a service's slices together. Throws when the SDL or the resolvers don't fit each other. */
export function defineSubgraph(options: SubgraphOptions): Subgraph {
  discover(options.orm);
  const lists = options.slices.flatMap((slice) => slice.lists ?? []);
  const sdl = [
    ...graphqlFiles(options.directory),
    ...graphqlFiles(import.meta.dirname),
    commonFilterSdl(),
    listSdl(lists),
    ...options.slices.flatMap((slice) => graphqlFiles(slice.directory)),
  ].join("\n\n");
  const resolvers = merge([
    { DateTime: DateTimeResolver, Date: DateResolver, SafeInt: SafeIntResolver },
    connectionResolvers(lists),
    ...options.slices.map((slice) => (slice.resolvers ?? {}) as ResolverMap),
  ]);
  const document = parse(sdl);
  const schema = buildSubgraphSchema([
    {
      typeDefs: addNodeKeys(document),
      resolvers: merge([resolvers, nodeKeyResolvers(document, resolvers)]) as never,
    },
  ]);
  resolveEntities(schema);
  projectLists(schema, lists);
  checkCatalogue(schema, refusalEntries(refusalsOf(options.slices)));
  return { name: options.name, orm: options.orm, slices: options.slices, sdl, schema };
}

/** The subgraph as text, for the committed `schema.graphql` and for composition. */
export function printSubgraph(subgraph: Subgraph): string {
  return `${printSubgraphSchema(subgraph.schema).trim()}\n`;
}

/** The subgraph's error codes as text, for the committed `ERRORS.md`. */
export function printErrors(subgraph: Subgraph): string {
  return printCatalogue(subgraph.name, refusalEntries(refusalsOf(subgraph.slices)));
}

/** The codes of the subgraph's refusals, in alphabetical order, each with its SDL type and what it means. */
export function listRefusals(subgraph: Subgraph): readonly { code: string; type: string; meaning: string }[] {
  return refusalEntries(refusalsOf(subgraph.slices));
}

function refusalsOf(slices: readonly Slice[]): object[] {
  return slices.flatMap((slice) => slice.refusals ?? []);
}

function graphqlFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".graphql"))
    .sort()
    .map((file) => readFileSync(join(directory, file), "utf8").trim());
}

type ResolverMap = Record<string, Record<string, unknown> | object>;

/** Merges resolver maps type by type: what a slice adds to another's type lives with the slice. */
function merge(maps: readonly ResolverMap[]): ResolverMap {
  const merged: ResolverMap = {};
  for (const map of maps)
    for (const [type, fields] of Object.entries(map)) {
      // Scalars are class instances and can't be merged; they stand once.
      merged[type] =
        Object.getPrototypeOf(fields) === Object.prototype && merged[type] ? { ...merged[type], ...fields } : fields;
    }
  return merged;
}
