import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { composeSupergraph, placeholderUrl } from "./compose.ts";

// `npm run compose` writes the supergraph of the house's own services; `-- --check` only compares.
const { values } = parseArgs({
  options: { check: { type: "boolean" }, services: { type: "string" }, supergraph: { type: "string" } },
});
const gateway = join(import.meta.dirname, "..");
const services = values.services ?? join(gateway, "..", "services");
const target = values.supergraph ?? join(gateway, "supergraph.graphql");

function stop(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

const names = readdirSync(services, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const missing = names.filter((name) => !existsSync(join(services, name, "schema.graphql")));
if (missing.length > 0)
  stop(missing.map((name) => `services/${name}/schema.graphql is missing. Print the service's schema first.`));

const composition = composeSupergraph(
  names.map((name) => ({
    name,
    url: placeholderUrl(name),
    sdl: readFileSync(join(services, name, "schema.graphql"), "utf8"),
  })),
);
if (!composition.composed) {
  stop([
    ...composition.errors,
    `The services do not compose (${composition.errors.length} errors). ${target} is unchanged.`,
  ]);
}
for (const hint of composition.hints) console.warn(`hint ${hint}`);

const committed = existsSync(target) ? readFileSync(target, "utf8") : undefined;
if (committed === composition.supergraph) console.log(`${target} is up to date (${names.length} subgraphs).`);
else if (values.check) stop([`${target} is stale. Run \`npm run compose\` and commit the file.`]);
else {
  writeFileSync(target, composition.supergraph);
  console.log(`${target} written (${names.length} subgraphs).`);
}
