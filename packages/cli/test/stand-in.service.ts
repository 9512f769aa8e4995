/** Answers its health, knows its database, and ends when told: a service without a graph, for tests. */
import { createServer } from "node:http";

import { Client } from "pg";

const [, , mode = ""] = process.argv;
const environment = process.env;
if (mode === "broken") throw new Error("the schema is not what I expected");

let ready = mode === "plain" || mode === "deaf";
const client = new Client({ connectionString: environment["DATABASE_URL"] ?? "" });
client.on("error", () => process.exit(1));
if (!ready) {
  await client.connect();
  await client.query("SELECT 1");
  ready = true;
}

createServer((request, response) => {
  if (request.url === "/die") process.exit(3);
  response.statusCode = ready ? 200 : 503;
  response.end(JSON.stringify({ pid: process.pid }));
}).listen(Number(environment["PORT"]), "127.0.0.1");

const end = (): void => {
  console.log("ended in order");
  process.exit(0);
};
process.on("disconnect", end);
// Longer than a moment, so that being killed meanwhile shows; the deaf one never ends by itself.
process.on("SIGTERM", () => mode === "deaf" || setTimeout(end, 100));
