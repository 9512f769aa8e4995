import type { GraphContext } from "../context.ts";
import { badInput } from "../errors/coded-error.ts";
import type { RowShape } from "../row/partial-row.ts";
import { isBadValue, statement } from "../row/row-reader.ts";
import { sightSql } from "../row/sight.ts";
import type { AnyList } from "./list-definition.ts";
import type { Parameters } from "./parameters.ts";

/** How rows belong to a parent: by a property of theirs, or through a table of pairs. */
export type Under =
  | { readonly property: string }
  | { readonly table: string; readonly parent: string; readonly child: string; readonly type: "uuid" | "text" };

/** Where a list's statement takes its rows from, for the alias `e`. */
export interface ListSource {
  readonly table: string;
  /** Binds a row to its parent `p.k`; "" when there is none. */
  readonly condition: string;
  /** Whether the best plan depends on what a caller filters by; under a parent, the parent's index is the best. */
  readonly varied: boolean;
  /** Wraps a statement for one parent into one for all; each row then says whose it is in `__parent`. */
  perParent(inner: string): string;
  /** The rows of each parent, in the order of the parents; one group of all when there are none. */
  byParent<Row>(rows: readonly Row[]): (readonly Row[])[];
}

/** The texts of lists vary with what callers filter and order by: so many are prepared. */
const mostPrepared = 500;
/** A prepared statement stays in PostgreSQL's memory, once a connection: 80 bytes for each character of its text. */
const longestPrepared = 2000;

/** The rows under the given parents; when `under` is null all rows. */
export function listSource(
  list: AnyList,
  under: Under | null,
  parents: readonly string[],
  params: Parameters,
): ListSource {
  const table = `${list.rows.table()} e`;
  if (under === null)
    return { table, condition: "", varied: true, perParent: (inner) => inner, byParent: (rows) => [rows] };
  if ("property" in under) {
    const column = list.rows.column(under.property);
    // An id of another type has no rows; it must not fail the parents beside it.
    const keys = parents.map((parent) =>
      list.rows.isUsable(under.property, parent) ? String(list.rows.toColumn(under.property, parent)) : null,
    );
    const type = list.rows.property(under.property).columnTypes[0] === "uuid" ? "uuid" : "text";
    return { table, condition: `e."${column}" = p.k`, ...grouped(keys, params.add(keys, `${type}[]`)) };
  }
  const pairs = `${table} join ${list.rows.table().split(".")[0]}."${under.table}" t on t."${under.child}" = e."${list.rows.column("id")}"`;
  const keys = params.add([...parents], `${under.type}[]`);
  return { table: pairs, condition: `t."${under.parent}" = p.k`, ...grouped(parents, keys) };
}

function grouped(
  keys: readonly (string | null)[],
  place: string,
): Pick<ListSource, "varied" | "perParent" | "byParent"> {
  return {
    varied: false,
    perParent: (inner) =>
      `select p.k::text as "__parent", r.* from unnest(${place}) p(k) cross join lateral (${inner}) r`,
    byParent(rows) {
      const groups = Map.groupBy(rows, (row) => (row as { __parent: string | null }).__parent ?? "");
      return keys.map((key) => groups.get(key ?? "") ?? []);
    },
  };
}

/** The condition of what the viewer may know of, for the alias `e`; "" when that is everything. */
export function inSight(list: AnyList, { viewer }: GraphContext, params: Parameters): string {
  return (
    sightSql(
      list.rows.sight,
      viewer,
      (property) => list.rows.column(property),
      (value, type) => params.add(value, type),
    ) ?? "false"
  );
}

/** ` where …` of the conditions that say something. */
export function whereOf(conditions: readonly string[]): string {
  const said = conditions.filter((condition) => condition !== "");
  return said.length === 0 ? "" : ` where ${said.join(" and ")}`;
}

/** Reads a list's statement, given for one parent. Throws BAD_USER_INPUT for a value that its column can't have. */
export async function readList<Row>(
  context: GraphContext,
  source: ListSource,
  inner: string,
  params: Parameters,
  shape?: RowShape,
): Promise<Row[]> {
  try {
    const { varied } = source;
    const text = source.perParent(inner);
    const limit = text.length > longestPrepared ? 0 : mostPrepared;
    return await context.reads.query<Row>(statement(text, { limit, varied, shape }), params.values);
  } catch (error) {
    if (isBadValue(error)) throw badInput("A value in where, having, a time zone or a cursor can't be used there.");
    throw error;
  }
}
