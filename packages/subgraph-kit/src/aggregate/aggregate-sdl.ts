import { filterInput, filterScalar } from "../list/filter-kind.ts";
import { type AnyList, orderName } from "../list/list-definition.ts";
import { orderMeasures } from "./group.ts";
import { type AggregateFunction, entries, functions, measureScalar, propertiesOf } from "./measure.ts";

const meaning: Record<AggregateFunction, (property: string) => string> = {
  sum: (property) => `The sum of ${property}; null when no row has one.`,
  avg: (property) => `The mean of ${property}; null when no row has one.`,
  min: (property) => `The least or earliest ${property}; null when no row has one.`,
  max: (property) => `The greatest or latest ${property}; null when no row has one.`,
};
const titles: Record<AggregateFunction, string> = {
  sum: "Sums",
  avg: "Means",
  min: "Least values",
  max: "Greatest values",
};
const suffix: Record<AggregateFunction, string> = { sum: "Sum", avg: "Avg", min: "Min", max: "Max" };

/** The fields of a connection that give figures over all its rows. */
export function aggregateFieldsSdl(list: AnyList): string {
  const aggregate = `  """
  Figures over all rows that match, on every page. Each is computed only when it is selected, and together they cost
  one statement. A figure of a field that is withheld from you is null, with the error FORBIDDEN.
  """
  aggregate: ${list.node}Aggregate!`;
  if (!isGroupable(list)) return aggregate;
  return `${aggregate}
  """
  The rows that match, on every page, in groups, with figures of each; one statement. Without \`first\` all groups come:
  more than 1,000 are refused (BAD_USER_INPUT), never cut off. Refused with FORBIDDEN for a key, a condition or an order
  by a field that is withheld from you.
  """
  groupBy(
    "What to group by, 1 to 5 keys; each combination of values that occurs is a group."
    keys: [${list.node}GroupBy!]!
    "Which groups to keep; every condition given must hold."
    having: ${list.node}GroupHaving
    "When absent: by the keys. They break all ties."
    orderBy: [${list.node}GroupOrder!]
    "At most so many groups, 1 to 1,000."
    first: Int
  ): [${list.node}Group!]!`;
}

function isGroupable(list: AnyList): boolean {
  return entries(list).some(([, field]) => field.group);
}

/** The types of a list's figures and groups, and the inputs that ask for them. */
export function aggregateSdl(list: AnyList): string[] {
  const { node } = list;
  const offered = functions.filter((of) => propertiesOf(list, of).length > 0);
  const figures = [
    `  "How many rows."\n  count: Int!`,
    ...offered.map((of) => `  "${titles[of]}."\n  ${of}: ${node}${suffix[of]}!`),
  ].join("\n");
  const blocks = [`"Figures over many ${node} rows."\ntype ${node}Aggregate {\n${figures}\n}`];
  for (const of of offered) {
    const lines = propertiesOf(list, of).map(
      (property) => `  "${meaning[of](property)}"\n  ${property}: ${measureScalar(list, { of, property })}`,
    );
    blocks.push(`"${titles[of]} over many ${node} rows."\ntype ${node}${suffix[of]} {\n${lines.join("\n")}\n}`);
  }
  return isGroupable(list) ? [...blocks, ...groupSdl(list, offered, figures)] : blocks;
}

function groupSdl(list: AnyList, offered: readonly AggregateFunction[], figures: string): string[] {
  const { node } = list;
  const groupable = entries(list).filter(([, field]) => field.group);
  const names = groupable.map(([name]) => name);
  const keys = groupable.map(([name, field]) => {
    const type = field.enum ?? filterScalar(list.rows.property(name));
    return `  "The group's ${name}; null also when it is no key."\n  ${name}: ${type}`;
  });
  const conditions = offered.map((of) => `  "On ${titles[of].toLowerCase()}."\n  ${of}: ${node}${suffix[of]}Having`);
  const orders = [...names.map(orderName), ...orderMeasures(list).keys()];
  if (new Set(orders).size < orders.length) throw new Error(`${node}: a key's name is that of a figure to order by.`);
  return [
    `"Rows of ${node} that have the same keys, and figures of them."
type ${node}Group {
  "What they have in common."
  key: ${node}GroupKey!
${figures}
}`,
    `"What the rows of a group have in common; of a time in buckets, the bucket's first moment."
type ${node}GroupKey {
${keys.join("\n")}
}`,
    `"What ${node} rows can be grouped by."
enum ${node}GroupField {
${names.map((name) => `  "By ${name}."\n  ${orderName(name)}`).join("\n")}
}`,
    `"One key of groups."
input ${node}GroupBy {
  "What to group by; each field once."
  field: ${node}GroupField!
  "For dates and times: one group for each span of this length. When absent: one for each value."
  bucket: TimeBucket
  "For buckets of instants: the IANA time zone whose days and hours count. When absent: Europe/London."
  timeZone: String
}`,
    ...offered.map(
      (of) => `"Conditions on the ${titles[of].toLowerCase()} of a group, all of which must hold."
input ${node}${suffix[of]}Having {
${propertiesOf(list, of)
  .map((property) => {
    const scalar = measureScalar(list, { of, property });
    return `  "On ${of} of ${property}."\n  ${property}: ${of === "min" || of === "max" ? filterInput({}, list.rows.property(property)) : `${scalar}Filter`}`;
  })
  .join("\n")}
}`,
    ),
    `"Which groups to keep; every condition given must hold."
input ${node}GroupHaving {
  "On the number of rows."
  count: IntFilter
${conditions.join("\n")}
}`,
    `"What groups of ${node} rows can be ordered by; a field only when it is a key."
enum ${node}GroupOrderField {
${orders.map((name) => `  "By ${name.toLowerCase().replaceAll("_", " ")}."\n  ${name}`).join("\n")}
}`,
    `"One key of an order of groups; later keys break the ties of earlier ones, and the groups' own keys break the last."
input ${node}GroupOrder {
  "What to order by."
  field: ${node}GroupOrderField!
  "Ascending when absent."
  direction: OrderDirection = ASC
  "Where groups without a value go. When absent: last."
  nulls: NullsOrder = LAST
}`,
  ];
}
