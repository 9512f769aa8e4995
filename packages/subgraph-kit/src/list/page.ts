import { badInput } from "../errors/coded-error.ts";
import type { GraphContext } from "../context.ts";
import { loaderOf } from "../loader.ts";
import { isBadValue, statement } from "../row/row-reader.ts";
import { filterSql, type Where } from "./filter.ts";
import type { AnyList, ListDefinition } from "./list-definition.ts";
import {
  decodeCursor,
  encodeCursor,
  keysetSql,
  orderKeys,
  orderSignature,
  orderSql,
  type OrderInput,
} from "./order.ts";
import { Parameters } from "./parameters.ts";

/** The arguments of every list field. */
export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly where?: object | null;
  readonly orderBy?: readonly object[] | null;
}

/** How rows belong to a parent: by a property of theirs, or through a table of pairs. */
export type Under =
  | { readonly property: string }
  | { readonly table: string; readonly parent: string; readonly child: string; readonly type: "uuid" | "text" };

/** What the resolvers of a connection type resolve from. Nothing is read before it is asked for. */
export interface Connection<Row> {
  page(): Promise<Page<Row>>;
  totalCount(): Promise<number>;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly cursors: readonly string[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

interface Keyed {
  readonly __parent: string;
}

const defaultSize = 20;
const largestSize = 100;
/** The texts of lists vary with what callers filter and order by. */
const mostPrepared = 500;

/** Lists an entity. Throws BAD_USER_INPUT for sizes beyond 1 to 100, foreign cursors and null filters. */
export function listRows<Row extends object>(
  context: GraphContext,
  list: ListDefinition<Row>,
  args: ListArguments,
): Connection<Row> {
  // At once, so that a size that is refused is refused whatever is selected.
  window(args);
  return connection(
    async () => (await pages(context, list, args, null, []))[0] as Page<Row>,
    async () => (await totals(context, list, args, null, []))[0] as number,
  );
}

/**
 * Lists an entity under a parent. All parents of a request that ask with the same arguments cost one statement
 * (LATERAL), whatever their number.
 * @param parent the parent's key as the child's column holds it (a global id for a property; a bare value for a table)
 */
export function listUnder<Row extends object>(
  context: GraphContext,
  list: ListDefinition<Row>,
  args: ListArguments,
  under: Under,
  parent: string,
): Connection<Row> {
  window(args);
  const shape = JSON.stringify([under, args]);
  const page = loaderOf(context, list, `page:${shape}`, (keys: readonly string[]) =>
    pages(context, list, args, under, keys),
  );
  const total = loaderOf(context, list, `total:${shape}`, (keys: readonly string[]) =>
    totals(context, list, args, under, keys),
  );
  return connection(
    () => page.load(parent),
    () => total.load(parent),
  );
}

function connection<Row>(page: () => Promise<Page<Row>>, total: () => Promise<number>): Connection<Row> {
  let read: Promise<Page<Row>> | undefined;
  let counted: Promise<number> | undefined;
  return { page: () => (read ??= page()), totalCount: () => (counted ??= total()) };
}

/** Pages by the given parents, in their order; one page of everything when `under` is null. */
async function pages<Row extends object>(
  context: GraphContext,
  list: ListDefinition<Row>,
  args: ListArguments,
  under: Under | null,
  parents: readonly string[],
): Promise<Page<Row>[]> {
  const { size, backwards, cursor } = window(args);
  const keys = orderKeys(list, args.orderBy as readonly OrderInput[] | null | undefined, context.viewer);
  const signature = orderSignature(list, keys);
  const params = new Parameters();
  const source = from(list, under, parents, params);
  const conditions = [source.condition, filterSql(list, args.where as Where, context.viewer, params)];
  if (cursor !== null) conditions.push(keysetSql(keys, decodeCursor(cursor, signature, keys), backwards, params));
  const places = keys.map((key, index) => `${key.column}::text as "__k${index}"`).join(", ");
  const inner =
    `select ${list.rows.selection()}, ${places} from ${source.table}${whereOf(conditions)} ` +
    `order by ${orderSql(keys, backwards)} limit ${params.add(size + 1, "int")}`;
  const text =
    under === null
      ? inner
      : `select p.k::text as "__parent", r.* from ${source.parents} cross join lateral (${inner}) r`;
  const rows = await read<Row & Keyed & Record<string, string | null>>(context, text, params);
  const groups = under === null ? null : Map.groupBy(rows, (row) => row.__parent);
  const wanted = groups === null ? [rows] : source.keys.map((key) => groups.get(key ?? "") ?? []);
  return wanted.map((found) => {
    const more = found.length > size;
    const kept = found.slice(0, size);
    if (backwards) kept.reverse();
    return {
      rows: kept,
      cursors: kept.map((row) =>
        encodeCursor(
          signature,
          keys.map((_, index) => row[`__k${index}`] ?? null),
        ),
      ),
      hasNextPage: backwards ? args.before != null : more,
      hasPreviousPage: backwards ? more : args.after != null,
    };
  });
}

async function totals(
  context: GraphContext,
  list: AnyList,
  args: ListArguments,
  under: Under | null,
  parents: readonly string[],
): Promise<number[]> {
  const params = new Parameters();
  const source = from(list, under, parents, params);
  const condition = whereOf([source.condition, filterSql(list, args.where as Where, context.viewer, params)]);
  const inner = `select count(*)::int as "count" from ${source.table}${condition}`;
  const text =
    under === null
      ? inner
      : `select p.k::text as "__parent", r.* from ${source.parents} cross join lateral (${inner}) r`;
  const rows = await read<Keyed & { count: number }>(context, text, params);
  if (under === null) return [rows[0]?.count ?? 0];
  const byParent = new Map(rows.map((row) => [row.__parent, row.count]));
  return source.keys.map((key) => byParent.get(key ?? "") ?? 0);
}

function from(list: AnyList, under: Under | null, parents: readonly string[], params: Parameters) {
  const table = `${list.rows.table()} e`;
  if (under === null) return { table, condition: "", parents: "", keys: [] as (string | null)[] };
  if ("property" in under) {
    const column = list.rows.column(under.property);
    // An id of another type has no rows; it must not fail the parents beside it.
    const keys = parents.map((parent) =>
      list.rows.isUsable(under.property, parent) ? String(list.rows.toColumn(under.property, parent)) : null,
    );
    const type = list.rows.property(under.property).columnTypes[0] === "uuid" ? "uuid" : "text";
    return { table, condition: `e."${column}" = p.k`, parents: `unnest(${params.add(keys, `${type}[]`)}) p(k)`, keys };
  }
  const pairs = `${table} join ${list.rows.table().split(".")[0]}."${under.table}" t on t."${under.child}" = e."${list.rows.column("id")}"`;
  return {
    table: pairs,
    condition: `t."${under.parent}" = p.k`,
    parents: `unnest(${params.add([...parents], `${under.type}[]`)}) p(k)`,
    keys: [...parents],
  };
}

function whereOf(conditions: readonly string[]): string {
  const said = conditions.filter((condition) => condition !== "");
  return said.length === 0 ? "" : ` where ${said.join(" and ")}`;
}

async function read<Row>(context: GraphContext, text: string, params: Parameters): Promise<Row[]> {
  try {
    return await context.reads.query<Row>(statement(text, mostPrepared), params.values);
  } catch (error) {
    if (isBadValue(error)) throw badInput("A value in where or a cursor can't be used for its field.");
    throw error;
  }
}

function window(args: ListArguments): { size: number; backwards: boolean; cursor: string | null } {
  const { first, last, after, before } = args;
  if (first != null && last != null) throw badInput("Give first or last, not both.");
  if (last != null && after != null) throw badInput("last goes with before; first goes with after.");
  if (last == null && before != null) throw badInput("before goes with last; first goes with after.");
  const size = last ?? first ?? defaultSize;
  if (size < 1 || size > largestSize)
    throw badInput(`A page has 1 to ${largestSize} rows; ask for the next one with its cursor.`);
  return { size, backwards: last != null, cursor: (last != null ? before : after) ?? null };
}
