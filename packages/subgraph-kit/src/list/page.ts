import { badInput } from "../errors/coded-error.ts";
import type { GraphContext } from "../context.ts";
import { loaderOf } from "../loader.ts";
import { aggregateRows, type Aggregate } from "../aggregate/aggregate.ts";
import { groupRows, type Group, type GroupArguments } from "../aggregate/group.ts";
import type { Measure } from "../aggregate/measure.ts";
import { filterSql, type Where } from "./filter.ts";
import type { ListDefinition } from "./list-definition.ts";
import {
  decodeCursor,
  encodeCursor,
  isExact,
  keysetSql,
  orderKeys,
  orderSignature,
  orderSql,
  type OrderInput,
  placeOf,
} from "./order.ts";
import { inSight, listSource, readList, type Under, whereOf } from "./list-source.ts";
import { Parameters } from "./parameters.ts";
import { choose, projectionOf } from "./projection.ts";

/** The arguments of every list field. */
export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly where?: object | null;
  readonly orderBy?: readonly object[] | null;
}

/** What the resolvers of a connection type resolve from. Nothing is read before it is asked for. */
export interface Connection<Row> {
  page(): Promise<Page<Row>>;
  totalCount(): Promise<number>;
  aggregate(measures: readonly Measure[]): Promise<Aggregate>;
  groupBy(args: GroupArguments, measures: readonly Measure[]): Promise<readonly Group[]>;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The cursor of the row at this index; null when there is none. Made when asked for: most callers take the rows alone. */
  cursor(index: number): string | null;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const defaultSize = 20;
const largestSize = 100;

/** Lists an entity. Throws BAD_USER_INPUT for sizes beyond 1 to 100, foreign cursors and null filters. */
export function listRows<Row extends object>(
  context: GraphContext,
  list: ListDefinition<Row>,
  args: ListArguments,
): Connection<Row> {
  return connection(context, list, args, null, "");
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
  return connection(context, list, args, under, parent);
}

function connection<Row extends object>(
  context: GraphContext,
  list: ListDefinition<Row>,
  args: ListArguments,
  under: Under | null,
  parent: string,
): Connection<Row> {
  // At once, so that a size that is refused is refused whatever is selected.
  window(args);
  const { where } = args;
  const asked = new Map<string, Promise<unknown>>();
  const load = <Value>(what: unknown, read: (parents: readonly string[]) => Promise<(Value | Error)[]>) => {
    // An absent `where` is left out of its name and null is not: one of them is refused.
    const name = JSON.stringify([under, what]);
    if (under !== null) return loaderOf(context, list, name, read).load(parent);
    // Without a loader, so that it is in the transaction of what else is read in this tick.
    if (!asked.has(name)) asked.set(name, read([parent]).then(onlyOne));
    return asked.get(name) as Promise<Value>;
  };
  const aggregate = (measures: readonly Measure[]) =>
    load(["aggregate", { where }, measures], (parents) =>
      aggregateRows(context, { list, where: where as Where, under, parents, measures }),
    );
  return {
    page: () => load(["page", args, projectionOf(args)], (parents) => pages(context, list, args, under, parents)),
    totalCount: async () => (await aggregate([{ of: "count" }])).count ?? 0,
    aggregate,
    groupBy: (given, measures) =>
      load(["groupBy", { where }, given, measures], (parents) =>
        groupRows(context, { list, where: where as Where, under, parents, measures }, given),
      ),
  };
}

function onlyOne<Value>([value]: readonly (Value | Error)[]): Value {
  if (value instanceof Error) throw value;
  return value as Value;
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
  const params = new Parameters();
  const source = listSource(list, under, parents, params);
  const conditions = [
    source.condition,
    inSight(list, context, params),
    filterSql(list, args.where as Where, context.viewer, params),
  ];
  if (cursor !== null)
    conditions.push(keysetSql(keys, decodeCursor(cursor, orderSignature(list, keys), keys), backwards, params));
  const places = keys.map((key, index) => (isExact(key) ? "" : `, ${key.column}::text as "__k${index}"`)).join("");
  const { selection, shape } = choose(
    list,
    projectionOf(args),
    keys.map(({ property }) => property),
  );
  const inner =
    `select ${selection}${places} from ${source.table}${whereOf(conditions)} ` +
    `order by ${orderSql(keys, backwards)} limit ${params.add(size + 1, "int")}`;
  const rows = await readList<Row>(context, source, inner, params, shape);
  let signature: string | undefined;
  return source.byParent(rows).map((found) => {
    const more = found.length > size;
    const kept = found.slice(0, size);
    if (backwards) kept.reverse();
    return {
      rows: kept,
      cursor: (index) => {
        const row = kept.at(index);
        return row === undefined
          ? null
          : encodeCursor((signature ??= orderSignature(list, keys)), placeOf(list, keys, row));
      },
      hasNextPage: backwards ? args.before != null : more,
      hasPreviousPage: backwards ? more : args.after != null,
    };
  });
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
