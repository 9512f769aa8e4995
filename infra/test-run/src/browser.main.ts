import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { runJest } from "./run-jest.ts";
import { closingLine } from "./test-count.ts";

const root = resolve(import.meta.dirname, "../../..");
const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const isThere = existsSync(chromium);
if (!isThere) process.stdout.write(`No browser: ${chromium} is not there. Install chromium, or set CHROMIUM to one.\n`);

const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stopped.abort());

const count = await runJest({
  root,
  // Without a browser the tests are still loaded and counted, and none of them is run.
  args: [
    "--config",
    "jest.browser.config.js",
    ...process.argv.slice(2),
    ...(isThere ? [] : ["--testNamePattern", "^$"]),
  ],
  env: { ...process.env, CHROMIUM: chromium, NX_DAEMON: "false", APOLLO_TELEMETRY_DISABLED: "1" },
  signal: stopped.signal,
  mayRunNothing: !isThere,
});
process.stdout.write(`${closingLine(count)}\n`);
process.exitCode = count.failed === 0 ? 0 : 1;
