/** Starts a PostgreSQL and waits to be killed, for tests. */
import { startPostgres } from "../src/index.ts";

const [, , dataDirectory = "", ephemeral] = process.argv;
// As a supervisor would: what the terminal sends is for it to act upon in its own time.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
const server = await startPostgres({ dataDirectory, ephemeral: ephemeral === "ephemeral" });
process.stdout.write(`${JSON.stringify({ adminUrl: server.adminUrl, pid: server.pid })}\n`);
setInterval(() => {}, 1_000);
