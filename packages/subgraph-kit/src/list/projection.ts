import {
  getNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
} from "graphql";
import { LRUCache } from "lru-cache";
import { eachField } from "../selection.ts";
import { partialRow, type RowShape } from "../row/partial-row.ts";
import { connectionName } from "./list-sdl.ts";
import type { AnyList } from "./list-definition.ts";

type Properties = readonly string[];
type Resolve = NonNullable<ReturnType<GraphQLObjectType["getFields"]>[string]["resolve"]>;

const asked = new WeakMap<object, Properties>();

/** The properties that a page asked for with these arguments needs, in alphabetical order; null for all. */
export function projectionOf(args: object): Properties | null {
  return asked.get(args) ?? null;
}

/**
 * Has the pages of these lists read what is selected of their nodes and nothing else, where the list says what its
 * resolvers need. A resolver of a list that passes on other arguments than its own reads whole rows.
 */
export function projectLists(schema: GraphQLSchema, lists: readonly AnyList[]): void {
  const listed = new Map(lists.map((list) => [connectionName(list), list]));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const list = listed.get(getNamedType(field.type).name);
      const node = list && schema.getType(list.node);
      if (field.resolve && isObjectType(node)) field.resolve = projecting(field.resolve, list as AnyList, node);
    }
  }
}

function projecting(resolve: Resolve, list: AnyList, node: GraphQLObjectType): Resolve {
  // What follows from an operation's text is worked out once.
  const known = new WeakMap<object, { readonly needed: Properties | null }>();
  return (parent: unknown, args: Record<string, unknown>, context: unknown, info: GraphQLResolveInfo) => {
    let found = known.get(info.fieldNodes);
    if (found === undefined) known.set(info.fieldNodes, (found = { needed: neededOf(list, node, info) }));
    if (found.needed !== null) asked.set(args, found.needed);
    return resolve(parent, args, context, info);
  };
}

/** Null where a field is selected of which it is not known what it needs. What @skip leaves out counts as selected. */
function neededOf(list: AnyList, node: GraphQLObjectType, info: GraphQLResolveInfo): Properties | null {
  const fields = node.getFields();
  const properties = new Set<string>(list.rows.properties());
  const needed = new Set<string>();
  let isKnown = true;
  const need = (name: string): void => {
    const resolved = fields[name]?.resolve !== undefined;
    const needs = resolved ? list.needs?.[name] : [name];
    if (name === "__typename") return;
    if (needs === undefined || !needs.every((one) => properties.has(one))) isKnown = false;
    else for (const one of needs) needed.add(one);
  };
  for (const { selectionSet } of info.fieldNodes)
    eachField(selectionSet, info, (part, inner) => {
      if (part === "nodes") eachField(inner, info, need);
      if (part === "edges")
        eachField(inner, info, (name, below) => {
          if (name === "node") eachField(below, info, need);
        });
    });
  return isKnown ? [...needed].toSorted() : null;
}

interface Chosen {
  readonly selection: string;
  readonly shape: RowShape | undefined;
}

const chosen = new WeakMap<object, LRUCache<string, Chosen>>();

/** What a page selects, and what its rows are made as, which is always the same for the same properties. */
export function choose(list: AnyList, needed: Properties | null, keys: Properties): Chosen {
  if (needed === null) return { selection: list.rows.selection(), shape: undefined };
  let known = chosen.get(list);
  if (known === undefined) chosen.set(list, (known = new LRUCache<string, Chosen>({ max: 1000 })));
  const only = new Set([...needed, ...keys]);
  const name = [...only].join();
  let found = known.get(name);
  if (found === undefined) {
    const missing = list.rows.properties().filter((property) => !only.has(property));
    found = { selection: list.rows.selection(only), shape: partialRow(list.node, missing) };
    known.set(name, found);
  }
  return found;
}
