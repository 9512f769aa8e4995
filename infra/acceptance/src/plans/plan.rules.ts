/** A node of a plan as `explain (analyze, verbose, format json)` tells it; of the fields, those that are judged. */
export interface PlanNode {
  readonly "Node Type": string;
  readonly Schema?: string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Index Searches"?: number;
  readonly "Parent Relationship"?: string;
  readonly Plans?: readonly PlanNode[];
  readonly [other: string]: unknown;
}

/** Reading a table of no more rows than this as a whole is as quick as finding one of them by an index. */
const fewRows = 1000;
/** So many rows may be read for one that is answered: join tables, policies, what others may not see. */
const readPerAnswered = 10;

/**
 * What is wrong with how a statement was run, in words; nothing where its work is bounded by what it answers and not by
 * how much there is. A row that an aggregate has counted is answered.
 * @param rowsOf how many rows a table has, by `schema.table`
 * @param few so many rows may be read whatever is answered
 */
export function planFindings(plan: PlanNode, rowsOf: (table: string) => number, few = fewRows): string[] {
  const whole = nodesOf(plan)
    .filter((node) => node["Node Type"] === "Seq Scan" && rowsOf(tableOf(node)) > fewRows)
    .map((node) => `scans all ${rowsOf(tableOf(node))} rows of ${tableOf(node)}`);
  const [read, answered] = [rowsRead(plan), rowsAnswered(plan)];
  const much = read > few + readPerAnswered * answered ? [`reads ${read} rows to answer ${answered}`] : [];
  return [...whole, ...much];
}

/** A plan as people read it, a node a line. */
export function printPlan(node: PlanNode, depth = 0): string {
  const told = ["Index Cond", "Filter", "Join Filter", "Hash Cond", "Sort Key", "Rows Removed by Filter"]
    .filter((name) => name in node)
    .map((name) => `; ${name}: ${String(node[name])}`);
  const on = node["Relation Name"] === undefined ? "" : ` on ${tableOf(node)}`;
  const by = node["Index Name"] === undefined ? "" : ` by ${node["Index Name"]}`;
  const rows = `${node["Actual Rows"]} rows × ${node["Actual Loops"]}`;
  const line = `${"  ".repeat(depth)}${node["Node Type"]}${on}${by} (${rows})${told.join("")}`;
  return [line, ...(node.Plans ?? []).map((inner) => printPlan(inner, depth + 1))].join("\n");
}

/** Rows that were fetched, whether they were kept or not, and searches in indexes, whether they found any or not. */
function rowsRead(plan: PlanNode): number {
  return sum(
    nodesOf(plan).map((node) => {
      const removed = "Relation Name" in node ? ["Filter", "Index Recheck"] : ["Join Filter"];
      const perLoop =
        ("Relation Name" in node ? node["Actual Rows"] : 0) +
        sum(removed.map((by) => Number(node[`Rows Removed by ${by}`] ?? 0)));
      return Math.round(perLoop * node["Actual Loops"]) + (node["Index Searches"] ?? 0);
    }),
  );
}

function rowsAnswered(plan: PlanNode): number {
  const counted = nodesOf(plan)
    .filter((node) => node["Node Type"] === "Aggregate")
    .flatMap((node) => (node.Plans ?? []).filter((inner) => inner["Parent Relationship"] === "Outer"));
  return sum([plan, ...counted].map((node) => Math.round(node["Actual Rows"] * node["Actual Loops"])));
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function tableOf(node: PlanNode): string {
  return `${node.Schema}.${node["Relation Name"]}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
