import { resolve } from "node:path";
import { loadChecks, runChecks } from "./run-checks.ts";

// `npm run check` runs all; `npm run check -- lint types` runs those two.
const checks = await loadChecks(import.meta.dirname);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No check is called ${unknown.join(", ")}. There are: ${checks.map(({ name }) => name).join(", ")}\n`,
  );
  process.exitCode = 2;
} else {
  const chosen = wanted.length === 0 ? checks : checks.filter(({ name }) => wanted.includes(name));
  const { failed } = await runChecks(chosen, resolve(import.meta.dirname, "../../.."), (text) =>
    process.stdout.write(text),
  );
  process.exitCode = failed === 0 ? 0 : 1;
}
