import { resolve } from "node:path";
import { runJest } from "./run-jest.ts";
import { closingLine } from "./test-count.ts";

const root = resolve(import.meta.dirname, "../../..");
const args = process.argv.slice(2);
const long = args.includes("--long");

const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stopped.abort());

const count = await runJest({
  root,
  args: ["--config", "jest.config.js", ...args.filter((arg) => arg !== "--long")],
  env: { ...process.env, NX_DAEMON: "false", APOLLO_TELEMETRY_DISABLED: "1", ...(long ? { TEST_LONG: "1" } : {}) },
  signal: stopped.signal,
});
process.stdout.write(`${closingLine(count)}\n`);
process.exitCode = count.failed === 0 ? 0 : 1;
