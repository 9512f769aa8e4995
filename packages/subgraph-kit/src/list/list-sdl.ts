import { aggregateFieldsSdl, aggregateSdl } from "../aggregate/aggregate-sdl.ts";
import { entries } from "../aggregate/measure.ts";
import { enumOperators, filterInput, filterOperators, type FilterScalar } from "./filter-kind.ts";
import { orderName, type AnyList } from "./list-definition.ts";

const meaning: Record<string, string> = {
  eq: "Equal.",
  ne: "Not equal; rows without a value match as well.",
  in: "One of these; an empty list matches nothing.",
  gt: "Greater, or later.",
  gte: "Greater or equal, or at that time or later.",
  lt: "Less, or earlier.",
  lte: "Less or equal, or at that time or earlier.",
  contains: "Contains this text, upper and lower case alike.",
  startsWith: "Starts with this text, upper and lower case alike.",
  isNull: "True: has no value. False: has one.",
};

function operators(name: string, scalar: string, list: readonly string[]): string {
  const lines = list.map((operator) => {
    const type = operator === "isNull" ? "Boolean" : operator === "in" ? `[${scalar}!]` : scalar;
    return `  "${meaning[operator]}"\n  ${operator}: ${type}`;
  });
  return `"""\nConditions on a value, all of which must hold. An operator that is absent is no condition; null is refused: use isNull.\n"""\ninput ${name} {\n${lines.join("\n")}\n}`;
}

/** The SDL of the filters that every subgraph has, printed from the table of operators. */
export function commonFilterSdl(): string {
  return (Object.keys(filterOperators) as FilterScalar[])
    .map((scalar) => operators(`${scalar}Filter`, scalar, filterOperators[scalar]))
    .join("\n\n");
}

function whereSdl(list: AnyList): string {
  const lines = entries(list)
    .filter(([, field]) => field.filter)
    .map(([name, field]) => `  "By ${name}."\n  ${name}: ${filterInput(field, list.rows.property(name))}`);
  return [
    `"""\nWhich ${list.node} rows to list; every condition given must hold.\n"""`,
    `input ${list.node}Where {`,
    `  "All of these hold."\n  and: [${list.node}Where!]`,
    `  "One of these holds at least; an empty list matches nothing."\n  or: [${list.node}Where!]`,
    `  "This does not hold."\n  not: ${list.node}Where`,
    ...lines,
    "}",
  ].join("\n");
}

function orderSdl(list: AnyList): string {
  const values = entries(list)
    .filter(([, field]) => field.order)
    .map(([name]) => `  "By ${name}."\n  ${orderName(name)}`);
  return `"What ${list.node} rows can be ordered by."\nenum ${list.node}OrderField {\n${values.join("\n")}\n}\n
"One key of an order; later keys break the ties of earlier ones, and the id breaks the last."
input ${list.node}Order {
  "What to order by."
  field: ${list.node}OrderField!
  "Ascending when absent."
  direction: OrderDirection = ASC
  "Where rows without a value go. When absent: last."
  nulls: NullsOrder = LAST
}`;
}

/** The name of the list's connection type. */
export function connectionName(list: AnyList): string {
  return list.connection ?? `${list.node}Connection`;
}

function connectionSdl(list: AnyList): string {
  const connection = connectionName(list);
  const edge = connection.replace(/Connection$/, "Edge");
  return `"""\nA page of ${list.node} rows (Relay connection).\n"""
type ${connection} {
  "The rows of this page."
  nodes: [${list.node}!]!
  "The rows of this page, each with its cursor."
  edges: [${edge}!]!
  "Where this page ends and whether there is more."
  pageInfo: PageInfo!
  "How many rows match on all pages; counted only when asked for."
  totalCount: Int!
${aggregateFieldsSdl(list)}
}

"One row of a page and its cursor."
type ${edge} {
  "The row."
  node: ${list.node}!
  "Give this as \`after\` or \`before\` to go on from here."
  cursor: String!
}`;
}

/** Prints the inputs and connection types of a list, and the filters of its enums, each once a subgraph. */
export function listSdl(lists: readonly AnyList[]): string {
  const enums = new Set<string>();
  const inputs = new Set<string>();
  const blocks: string[] = [];
  for (const list of lists) {
    if (!inputs.has(list.node)) {
      inputs.add(list.node);
      for (const [, field] of entries(list)) if (field.enum && field.filter) enums.add(field.enum);
      blocks.push(whereSdl(list), orderSdl(list), ...aggregateSdl(list));
    }
    blocks.push(connectionSdl(list));
  }
  return [...[...enums].map((name) => operators(`${name}Filter`, name, enumOperators)), ...blocks].join("\n\n");
}
