import { globalIdPrefixes } from "@clic/global-id";
import type { GraphContext } from "../context.ts";
import { badInput } from "../errors/coded-error.ts";
import { filterSql, usableField, type Where } from "../list/filter.ts";
import { type AnyList, orderName } from "../list/list-definition.ts";
import { inSight, listSource, readList, whereOf } from "../list/list-source.ts";
import { boundOrder } from "../list/order.ts";
import { Parameters } from "../list/parameters.ts";
import { UuidColumn } from "../row/global-id.type.ts";
import { type Aggregate, type Figures, type Rows, select } from "./aggregate.ts";
import { havingSql } from "./having.ts";
import { entries, functions, type Measure, measureSql, propertiesOf } from "./measure.ts";
import { bucketSql, type TimeBucket } from "./time-bucket.ts";

/** The arguments of `groupBy`. */
export interface GroupArguments {
  readonly keys: readonly GroupKey[];
  readonly having?: Where | null;
  readonly orderBy?: readonly GroupOrder[] | null;
  readonly first?: number | null;
}

interface GroupKey {
  readonly field: string;
  readonly bucket?: TimeBucket | null;
  readonly timeZone?: string | null;
}

interface GroupOrder {
  readonly field: string;
  readonly direction?: "ASC" | "DESC" | null;
  readonly nulls?: "FIRST" | "LAST" | null;
}

/** What `<Node>Group` resolves from. */
export type Group = Aggregate & { readonly key: Record<string, unknown> };

const mostKeys = 5;
const mostGroups = 1000;

/**
 * The groups of each parent's matching rows, in one statement; ordered by the keys when no order is asked for, and by the
 * keys last, so that the order is total. A null key is a group of its own. Throws BAD_USER_INPUT for more than 1,000
 * groups without `first` (none is ever left out silently), FORBIDDEN for a field that is withheld from the viewer.
 */
export async function groupRows(context: GraphContext, rows: Rows, args: GroupArguments): Promise<(Group[] | Error)[]> {
  const { list, where, under, parents } = rows;
  const { first } = args;
  if (first != null && (first < 1 || first > mostGroups)) throw badInput(`first is 1 to ${mostGroups} groups.`);
  const params = new Parameters();
  const source = listSource(list, under, parents, params);
  const condition = whereOf([
    source.condition,
    inSight(list, context, params),
    filterSql(list, where, context.viewer, params),
  ]);
  const keys = keysOf(context, list, args.keys, params);
  const having = havingSql(list, args.having, context.viewer, params);
  const figures = select(context, rows);
  const columns = [...keys.map(({ value }, index) => `${value} as "k${index}"`), ...figures.columns].join(", ");
  const inner =
    `select ${columns} from ${source.table}${condition} group by ${keys.map(({ sql }) => sql).join(", ")}` +
    `${having && ` having ${having}`} order by ${orderSql(context, list, args.orderBy ?? [], keys)} ` +
    `limit ${params.add(first ?? mostGroups + 1, "int")}`;
  const found = await readList<Figures>(context, source, inner, params);
  return source.byParent(found).map((groups) => {
    if (groups.length > (first ?? mostGroups))
      return badInput(`There are more than ${mostGroups} groups. Give first, or narrow them with where or having.`);
    return groups.map((row) => ({
      ...figures.read(row),
      key: Object.fromEntries(keys.map(({ property }, index) => [property, row[`k${index}`]])),
    }));
  });
}

interface Key {
  readonly property: string;
  readonly sql: string;
  /** As it is selected: ids with their prefix. */
  readonly value: string;
}

function keysOf({ viewer }: GraphContext, list: AnyList, asked: readonly GroupKey[], params: Parameters): Key[] {
  if (asked.length < 1 || asked.length > mostKeys) throw badInput(`Group by 1 to ${mostKeys} keys.`);
  return asked.map(({ field, ...bucket }, index) => {
    if (asked.findIndex((one) => one.field === field) !== index) throw badInput(`Group by ${field} once.`);
    const property = entries(list).find(([name]) => orderName(name) === field)?.[0] ?? "";
    usableField(list, property, viewer);
    const sql = bucketSql(list, property, bucket, params);
    const { customType } = list.rows.property(property);
    const value = customType instanceof UuidColumn ? `'${globalIdPrefixes[customType.idType]}_' || ${sql}` : sql;
    return { property, sql, value };
  });
}

/** The measures that groups can be ordered by, under the names of the order's enum. */
export function orderMeasures(list: AnyList): Map<string, Measure> {
  const measures = new Map<string, Measure>([["COUNT", { of: "count" }]]);
  for (const of of functions)
    for (const property of propertiesOf(list, of))
      measures.set(`${of.toUpperCase()}_${orderName(property)}`, { of, property });
  return measures;
}

function orderSql({ viewer }: GraphContext, list: AnyList, asked: readonly GroupOrder[], keys: readonly Key[]): string {
  boundOrder(asked);
  const measures = orderMeasures(list);
  const parts = asked.map(({ field, direction, nulls }) => {
    const measure = measures.get(field);
    const key = keys.find(({ property }) => orderName(property) === field);
    if (measure === undefined && key === undefined)
      throw badInput(`Groups can't be ordered by ${field}: it is no key.`);
    const sql = measure ? measureSql(list, measure, viewer) : key?.sql;
    return `${sql} ${direction === "DESC" ? "desc" : "asc"} nulls ${nulls === "FIRST" ? "first" : "last"}`;
  });
  return [...parts, ...keys.map(({ sql }) => `${sql} asc nulls last`)].join(", ");
}
