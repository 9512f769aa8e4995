import { setTimeout as sleep } from "node:timers/promises";

import { LocalPostgresError, startPostgres } from "@clic/local-postgres";
import type { LocalPostgres } from "@clic/local-postgres";

import { StartRefused } from "./cli.errors.ts";
import type { PortSetting } from "./settings.ts";

/** The PostgreSQL that a start keeps running. */
export interface DatabaseServer {
  readonly adminUrl: string;
  readonly port: number;
  /** Settles when PostgreSQL has ended for good. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL and keeps it running: should it end by itself it is reported and started again on the same port,
 * after 1 s doubling to 30. Throws StartRefused or LocalPostgresError when the first start fails.
 */
export async function keepDatabaseServer(options: {
  readonly dataDirectory: string;
  readonly port: PortSetting;
  readonly onProgress: (doing: string) => void;
  readonly report: (line: string) => void;
}): Promise<DatabaseServer> {
  const { dataDirectory, port, onProgress, report } = options;
  const stopping = new AbortController();
  let server = await start();
  const kept = keep();

  async function start(): Promise<LocalPostgres> {
    try {
      return await startPostgres({ dataDirectory, port: port.port, onProgress });
    } catch (error) {
      if (!(error instanceof LocalPostgresError) || error.code !== "PORT_TAKEN") throw error;
      throw portRefused("PostgreSQL", port);
    }
  }

  async function keep(): Promise<void> {
    let delay = 1_000;
    for (;;) {
      const since = Date.now();
      await server.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - since > 30_000) delay = 1_000;
      report(`PostgreSQL ended by itself. It is started again in ${delay / 1000} s. Log: ${server.logFile}`);
      for (let restarted = false; !restarted;) {
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        delay = Math.min(delay * 2, 30_000);
        try {
          server = await start();
          restarted = true;
          report("PostgreSQL runs again.");
        } catch (error) {
          report(`PostgreSQL does not start: ${(error as Error).message} Next attempt in ${delay / 1000} s.`);
        }
      }
    }
  }

  return {
    adminUrl: server.adminUrl,
    port: server.port,
    stop: async () => {
      stopping.abort();
      await server.stop();
      await kept;
      // A restart may have been under way when the stop was asked for.
      await server.stop();
    },
  };
}

export function portRefused(owner: string, { port, setting }: PortSetting): StartRefused {
  return new StartRefused(
    `Port ${port}, meant for ${owner}, is taken: end what uses it, or set ${setting} (or CLIC_PORT_BASE, which moves all ports).`,
  );
}
