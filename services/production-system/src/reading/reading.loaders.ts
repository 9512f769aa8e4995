import { type GraphContext, loaderOf, statement } from "@clic/subgraph-kit";
import type { Checkpoint } from "./checkpoint.rules.ts";
import { type ReadingRow, readings } from "./reading.entity.ts";

/** The value of a metric at a checkpoint; null without a reading. One statement for all metrics and checkpoints. */
export async function valueAt(context: GraphContext, metricId: string, checkpoint: Checkpoint): Promise<number | null> {
  const found = await loaderOf(context, readings, "checkpoints", async (metricIds: readonly string[]) => {
    const text = `select ${readings.selection()} from ${readings.table()} e where e.metric_id = any($1::uuid[]) and e.checkpoint is not null`;
    return grouped(metricIds, await context.reads.query<ReadingRow>(statement(text), [columns(metricIds)]));
  }).load(metricId);
  return found.find((reading) => reading.checkpoint === checkpoint)?.value ?? null;
}

/** The most points of a run chart: the latest ones. */
const mostPoints = 200;

/** A metric's latest 200 readings, earliest first. One statement for all metrics. */
export function latestReadings(context: GraphContext, metricId: string): Promise<readonly ReadingRow[]> {
  return loaderOf(context, readings, "latest", async (metricIds: readonly string[]) => {
    const latest = `select ${readings.selection()} from ${readings.table()} e where e.metric_id = p.k order by e.taken_on desc, e.id desc limit ${mostPoints}`;
    const text = `select r.* from unnest($1::uuid[]) p(k) cross join lateral (${latest}) r order by r."takenOn", r."id"`;
    return grouped(metricIds, await context.reads.query<ReadingRow>(statement(text), [columns(metricIds)]));
  }).load(metricId);
}

const columns = (metricIds: readonly string[]): unknown[] => metricIds.map((id) => readings.toColumn("metricId", id));

function grouped(metricIds: readonly string[], rows: readonly ReadingRow[]): ReadingRow[][] {
  const groups = Map.groupBy(rows, (row) => row.metricId);
  return metricIds.map((id) => groups.get(id) ?? []);
}
