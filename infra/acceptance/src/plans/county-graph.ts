import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@clic/local-postgres";
import { Client } from "pg";
import { type RunningGraph, startGraph } from "../running-graph.ts";
import { openPlanLog, type PlanLog, preparePlanLog } from "./plan-log.ts";

/** The whole graph on made-up data at scale, and every plan by which its PostgreSQL answers. */
export interface CountyGraph {
  readonly graph: RunningGraph;
  readonly plans: PlanLog;
  /** The administrator's connection to the database of all five schemas. */
  readonly admin: Client;
  /** How many rows a table has, by `schema.table`, as PostgreSQL's planner knows it. */
  readonly rowsOf: (table: string) => number;
  stop(): Promise<void>;
}

/** Starts it on a server of its own, and loads the data of this scale. */
export async function startCountyGraph(
  variables: Readonly<Record<string, string | undefined>>,
  scale: string,
): Promise<CountyGraph> {
  const home = await mkdtemp(join(tmpdir(), "clic-plans-"));
  const server = await startPostgres({ dataDirectory: join(home, "data"), ephemeral: true });
  const stops = [() => rm(home, { recursive: true, force: true }), () => server.stop()];
  const stop = async (): Promise<void> => {
    for (const each of stops.toReversed()) await each();
  };
  try {
    const root = new Client(server.adminUrl);
    await root.connect();
    await preparePlanLog(root);
    await root.end();
    // One client asks it all.
    const unlimited = { ...variables, RATE_LIMIT: "1000000000", RATE_LIMIT_ANONYMOUS: "1000000000" };
    const graph = await startGraph(unlimited, { databaseUrl: server.adminUrl });
    stops.push(() => graph.stop());
    await graph.loadDemoData(scale);
    const url = new URL(server.adminUrl);
    url.pathname = "/clic";
    const admin = new Client(url.href);
    await admin.connect();
    stops.push(() => admin.end());
    await admin.query("vacuum analyze");
    const { rows } = await admin.query<{ table: string; rows: number }>(
      `select relnamespace::regnamespace || '.' || relname as "table", reltuples::float as rows from pg_class where relkind = 'r'`,
    );
    const known = new Map(rows.map(({ table, rows: many }) => [table, many]));
    const plans = await openPlanLog(admin, server.logFile);
    return { graph, plans, admin, rowsOf: (table) => known.get(table) ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
