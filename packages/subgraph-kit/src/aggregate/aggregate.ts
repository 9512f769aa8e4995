import type { GraphContext } from "../context.ts";
import { badInput } from "../errors/coded-error.ts";
import { filterSql, type Where } from "../list/filter.ts";
import type { AnyList } from "../list/list-definition.ts";
import { inSight, listSource, readList, type Under, whereOf } from "../list/list-source.ts";
import { Parameters } from "../list/parameters.ts";
import { type AggregateFunction, type Measure, measureScalar, measureSql } from "./measure.ts";

/** The rows of which figures are made, for each parent. */
export interface Rows {
  readonly list: AnyList;
  readonly where: Where | null | undefined;
  readonly under: Under | null;
  readonly parents: readonly string[];
  readonly measures: readonly Measure[];
}

/** What `<Node>Aggregate` resolves from. A figure that can't be given is an error where it stands. */
export type Aggregate = {
  readonly [Function in AggregateFunction]: Record<string, unknown>;
} & { readonly count: number };

/**
 * The figures over all rows of each parent that match, in one statement, or none where none is selected. Throws FORBIDDEN for a `where` on a field that
 * is withheld from the viewer; a figure of such a field is itself the error.
 */
export async function aggregateRows(context: GraphContext, rows: Rows): Promise<Aggregate[]> {
  const { list, where, under, parents, measures } = rows;
  const params = new Parameters();
  const source = listSource(list, under, parents, params);
  const condition = whereOf([
    source.condition,
    inSight(list, context, params),
    filterSql(list, where, context.viewer, params),
  ]);
  const figures = select(context, rows);
  // Without a figure it would be no aggregation: every row would come.
  if (figures.columns.length === 0) return parents.map(() => figures.read(nothing(measures)));
  const inner = `select ${figures.columns.join(", ")} from ${source.table}${condition}`;
  const found = await readList<Figures>(context, source, inner, params);
  // A parent that no row can have, an id of another type, is not in the answer.
  return source.byParent(found).map(([row]) => figures.read(row ?? nothing(measures)));
}

export type Figures = Record<string, unknown>;

/** The select list of measures, and how to read a row of it. */
export function select(
  { viewer }: GraphContext,
  { list, measures }: Pick<Rows, "list" | "measures">,
): { columns: string[]; read: (row: Figures) => Aggregate } {
  const refused = new Map<number, Error>();
  const columns = measures.flatMap((measure, index) => {
    try {
      return [`${measureSql(list, measure, viewer)} as "m${index}"`];
    } catch (error) {
      refused.set(index, error as Error);
      return [];
    }
  });
  return {
    columns,
    read(row) {
      const aggregate: { count: number } & Record<AggregateFunction, Figures> = {
        count: 0,
        sum: {},
        avg: {},
        min: {},
        max: {},
      };
      for (const [index, measure] of measures.entries()) {
        const value = refused.get(index) ?? whole(list, measure, row[`m${index}`]);
        if (measure.of === "count") aggregate.count = value as number;
        else aggregate[measure.of][measure.property] = value;
      }
      return aggregate;
    },
  };
}

function whole(list: AnyList, measure: Measure, value: unknown): unknown {
  if (value === null || measureScalar(list, measure) !== "SafeInt" || Number.isSafeInteger(value)) return value;
  return badInput("This sum is beyond 2^53 - 1, which numbers hold exactly. Narrow it with where, or group it.");
}

function nothing(measures: readonly Measure[]): Figures {
  return Object.fromEntries(measures.map((measure, index) => [`m${index}`, measure.of === "count" ? 0 : null]));
}
