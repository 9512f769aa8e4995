import { readFileSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";
import type { PlanNode } from "./plan.rules.ts";

/** A statement as a service sent it, and the plan by which PostgreSQL has run it. */
export interface RunStatement {
  /** The role that sent it. */
  readonly role: string;
  readonly text: string;
  readonly parameters: string;
  readonly plan: PlanNode;
}

/** Every plan of a server's services, from its own log: under their roles, row policies and prepared statements. */
export interface PlanLog {
  /** The statements that the services' roles run while this is going on, those inside functions included. */
  during(work: () => Promise<unknown>): Promise<readonly RunStatement[]>;
}

const preloaded = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "-1",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_timing": "off",
  "auto_explain.log_verbose": "on",
  "auto_explain.log_nested_statements": "on",
  "auto_explain.log_format": "json",
  log_line_prefix: "%u ",
};

/** Makes connections from now on able to write plans down. They don't before {@link openPlanLog}. */
export async function preparePlanLog(admin: Client): Promise<void> {
  for (const [name, value] of Object.entries(preloaded)) await admin.query(`alter system set ${name} = '${value}'`);
  await admin.query("select pg_reload_conf()");
}

/** Lets a server that was prepared write down every plan from now on. For a server of one's own: it writes much. */
export async function openPlanLog(admin: Client, logFile: string): Promise<PlanLog> {
  await admin.query("alter system set auto_explain.log_min_duration = 0");
  await admin.query("select pg_reload_conf()");
  for (;;) {
    const { rows } = await admin.query<{ on: boolean }>(
      "select current_setting('auto_explain.log_min_duration')::int = 0 as on",
    );
    if (rows[0]?.on) break;
    await delay(10);
  }
  return {
    async during(work) {
      await settled(admin);
      const before = statSync(logFile).size;
      await work();
      await settled(admin);
      return readPlans(readFileSync(logFile).subarray(before).toString("utf8"));
    },
  };
}

/** PostgreSQL logs before it says that it is idle, and an answer may be on its way before either. */
async function settled(admin: Client): Promise<void> {
  for (;;) {
    const { rowCount } = await admin.query(
      "select from pg_stat_activity where usename like '%\\_service' and state <> 'idle'",
    );
    if (rowCount === 0) return;
    await delay(10);
  }
}

function readPlans(log: string): RunStatement[] {
  return [...log.matchAll(/^(\w+_service) LOG: {2}duration: .* plan:\n((?:\t.*\n)+)/gm)].map(([, role, json]) => {
    const logged = JSON.parse((json as string).replaceAll(/^\t/gm, "")) as {
      readonly "Query Text": string;
      readonly "Query Parameters"?: string;
      readonly Plan: PlanNode;
    };
    return {
      role: role as string,
      text: logged["Query Text"],
      parameters: logged["Query Parameters"] ?? "",
      plan: logged.Plan,
    };
  });
}
