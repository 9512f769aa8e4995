/** A child with one behaviour, for tests. */
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";

const [, , behaviour, detail, name] = process.argv;
const idle = setInterval(() => {}, 1_000);

if (behaviour === "crash") {
  clearInterval(idle);
  throw new Error("the cellar is flooded");
}
if (behaviour === "deaf") {
  process.on("SIGTERM", () => {});
  process.on("disconnect", () => {});
}
if (behaviour === "obedient") {
  process.on("disconnect", () => process.exit(0));
  process.on("SIGTERM", () => {
    if (detail !== undefined) appendFileSync(detail, `${name}\n`);
    process.exit(0);
  });
}
if (behaviour === "ready-late") {
  process.on("disconnect", () => process.exit(0));
  const began = Date.now();
  createServer((_request, response) => {
    response.statusCode = Date.now() - began < 400 ? 503 : 200;
    response.end();
  }).listen(Number(detail), "127.0.0.1");
}
process.stdout.write("up\n");
