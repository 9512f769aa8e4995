/** `clic start` with a small stack instead of the graph, beside a real PostgreSQL, for tests. */
import { fileURLToPath } from "node:url";

import { LocalPostgresError } from "@clic/local-postgres";

import { StartRefused } from "../src/cli.errors.ts";
import { runStart } from "../src/run-start.ts";
import { readSettings } from "../src/settings.ts";
import type { Stack } from "../src/stack.ts";

const environment = process.env;
const script = fileURLToPath(new URL("./stand-in.service.ts", import.meta.url));

try {
  const settings = readSettings(environment, environment["TEST_ROOT"] ?? "");
  const { gateway, events } = settings.ports;
  if (gateway === undefined || events === undefined) throw new Error("The settings lack a port.");
  const stack: Stack = {
    database: "graph",
    busDatabase: "graph_bus",
    services: [{ name: "events", schema: "events", port: events.port }],
    ports: { gateway, events },
    stopFirst: ["gateway"],
    processes: (databases) => [
      {
        name: "events",
        args: [script, environment["TEST_EVENTS"] ?? "with-database"],
        env: { PORT: String(events.port), DATABASE_URL: databases.services["events"]?.databaseUrl ?? "" },
        readyUrl: `http://127.0.0.1:${events.port}/health/ready`,
      },
      {
        name: "gateway",
        args: [script, "plain"],
        env: { PORT: String(gateway.port) },
        readyUrl: `http://127.0.0.1:${gateway.port}/health/ready`,
      },
    ],
  };
  const fresh = process.argv.includes("--fresh");
  const endWithLauncher = environment["npm_lifecycle_event"] !== undefined;
  process.exitCode = await runStart({ settings, stack, fresh, endWithLauncher });
} catch (error) {
  if (!(error instanceof StartRefused || error instanceof LocalPostgresError)) throw error;
  process.stderr.write(`clic: ${error.message}\n`);
  process.exitCode = 1;
}
