import {
  getDirectiveValues,
  type GraphQLResolveInfo,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  type SelectionNode,
} from "graphql";
import type { Viewer } from "@clic/identity";
import { columnType, filterScalar, type FilterScalar } from "../list/filter-kind.ts";
import { usableField } from "../list/filter.ts";
import type { AnyList, ListField } from "../list/list-definition.ts";
import { eachField } from "../selection.ts";

/** The functions over a property; `sum` and `avg` of what is declared summable, the others of numbers and times. */
export const functions = ["sum", "avg", "min", "max"] as const;
export type AggregateFunction = (typeof functions)[number];

/** One figure over many rows. */
export type Measure = { readonly of: "count" } | { readonly of: AggregateFunction; readonly property: string };

const numbers: ReadonlySet<FilterScalar> = new Set(["Int", "SafeInt", "Float"]);
const times: ReadonlySet<FilterScalar> = new Set(["Date", "DateTime"]);

/** The list's fields with their names. */
export function entries(list: AnyList): [string, ListField][] {
  return Object.entries(list.fields) as [string, ListField][];
}

/** The properties that a function is offered for. */
export function propertiesOf(list: AnyList, of: AggregateFunction): string[] {
  return entries(list)
    .filter(([name, field]) => {
      if (field.enum) return false;
      const scalar = filterScalar(list.rows.property(name));
      if (of === "sum" || of === "avg") return field.sum && numbers.has(scalar);
      return (field.order || field.sum) && (numbers.has(scalar) || times.has(scalar));
    })
    .map(([name]) => name);
}

/** Whether a property can be put into buckets of time. */
export function isTime(list: AnyList, property: string): boolean {
  return times.has(filterScalar(list.rows.property(property)));
}

/** The GraphQL scalar of a measure: sums of whole numbers outgrow Int. */
export function measureScalar(list: AnyList, measure: Measure): FilterScalar {
  if (measure.of === "count") return "Int";
  const scalar = filterScalar(list.rows.property(measure.property));
  if (measure.of === "avg") return "Float";
  return measure.of === "sum" && scalar === "Int" ? "SafeInt" : scalar;
}

/** The measure in SQL, over rows with the alias `e`. Throws FORBIDDEN for a property that the viewer may not select. */
export function measureSql(list: AnyList, measure: Measure, viewer: Viewer): string {
  if (measure.of === "count") return "count(*)::int";
  usableField(list, measure.property, viewer);
  const call = `${measure.of}(e."${list.rows.column(measure.property)}")`;
  return measure.of === "avg" ? `${call}::float8` : call;
}

/** The PostgreSQL type to which a value compared with a measure is cast: the measure's own, so that nothing is rounded. */
export function measureType(list: AnyList, measure: Measure): string {
  if (measure.of === "count") return "int";
  if (measure.of === "avg") return "float8";
  return measure.of === "sum" ? "numeric" : columnType(list.rows.property(measure.property));
}

/** What is selected of a type that has `count`, `sum`, `avg`, `min` and `max`: each measure once, in a fixed order. */
export function selectedMeasures(info: GraphQLResolveInfo): Measure[] {
  const found = new Map<string, Measure>();
  const visit = (set: Parameters<typeof eachField>[0], each: Parameters<typeof eachField>[2]): void =>
    eachField(set, info, each, (selection) => isIncluded(selection, info));
  for (const { selectionSet } of info.fieldNodes) {
    visit(selectionSet, (name, inner) => {
      if (name === "count") found.set("count", { of: "count" });
      const of = functions.find((one) => one === name);
      if (of === undefined) return;
      visit(inner, (property) => {
        if (property !== "__typename") found.set(`${of} ${property}`, { of, property });
      });
    });
  }
  return [...found].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, measure]) => measure);
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.["if"] !== false;
}
