import { readFileSync, readlinkSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "pg";

export interface StatementCounter {
  /** How many statements, and in how many transactions, PostgreSQL runs for this. Each begins with the viewer's settings; begin, commit and those don't count. */
  during(work: () => Promise<unknown>): Promise<{ readonly statements: number; readonly transactions: number }>;
  close(): Promise<void>;
}

/** Counts by the server's log, so that nothing that is measured has to count. Costs much: not while load is measured. */
export async function openStatementCounter(admin: Client, postmaster: number): Promise<StatementCounter> {
  const log = readlinkSync(`/proc/${postmaster}/fd/2`);
  const alter = async (...settings: readonly string[]): Promise<void> => {
    for (const setting of settings) await admin.query(`alter system ${setting}`);
    await admin.query("select pg_reload_conf()");
    await delay(500);
  };
  await alter("set log_statement = 'all'", "set log_line_prefix = '%u '");
  return {
    async during(work) {
      const before = readFileSync(log, "utf8").length;
      await work();
      await delay(100);
      const logged = readFileSync(log, "utf8").slice(before);
      // The services' relays look after their outboxes whoever asks.
      const lines = [...logged.matchAll(/^(?:\w+_service|peer) LOG:\s+(?:statement|execute [^:]*):\s+(.*)/gm)]
        .map(([, statement]) => statement as string)
        .filter((statement) => !/(out|in)box/.test(statement));
      const transactions = lines.filter((line) => /^select set_config/i.test(line)).length;
      const statements = lines.filter((line) => !/^(begin|commit|select set_config|set )/i.test(line)).length;
      return { statements, transactions };
    },
    close: () => alter("reset log_statement", "reset log_line_prefix"),
  };
}
