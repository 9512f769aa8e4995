import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listRefusals, printErrors, printSubgraph, type Subgraph } from "@clic/subgraph-kit";
import { composeSupergraph, placeholderUrl } from "../../../gateway/src/compose.ts";
import { errorCatalogue } from "../../../gateway/src/error-catalogue.ts";
import { listServices } from "./list-services.ts";
import { printClient, type RefusalEntry } from "./print-client.ts";
import { printResolverTypes } from "./print-resolver-types.ts";

/** What generation makes: paths from the root of the checkout → their whole content, and why anything is missing. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/**
 * Makes every generated file of the checkout in memory: for each service `schema.graphql`,
 * `ERRORS.md` and `src/generated/resolvers.ts`; of all of them `gateway/supergraph.graphql`, and what packages/graph-client tells
 * of it. Writes nothing, needs no database. A service that can't be loaded is a problem, and then there is no supergraph.
 *
 * Hazard: services are loaded as modules, so a second call in one process sees the sources of the first.
 */
export async function generateAll(root: string): Promise<Generated> {
  const files = new Map<string, string>();
  const problems: string[] = [];
  const subgraphs = [];
  const refusals: RefusalEntry[] = [];
  for (const name of listServices(root)) {
    try {
      const service = await generateService(root, name);
      for (const [path, content] of service.files) files.set(path, content);
      refusals.push(...service.refusals);
      subgraphs.push({ name, url: placeholderUrl(name), sdl: service.sdl });
    } catch (error) {
      problems.push(`services/${name}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) return { files, problems };
  const composition = composeSupergraph(subgraphs);
  if (!composition.composed) return { files, problems: composition.errors };
  files.set("gateway/supergraph.graphql", composition.supergraph);
  const client = printClient(composition.supergraph, refusals, errorCatalogue);
  for (const [path, content] of client) files.set(`packages/graph-client/${path}`, content);
  return { files, problems };
}

/** The generated files of one service, its printed SDL and its refusals. Rejects when its sources can't be loaded. */
export async function generateService(
  root: string,
  name: string,
): Promise<{ sdl: string; refusals: readonly RefusalEntry[]; files: ReadonlyMap<string, string> }> {
  const folder = join(root, "services", name);
  const { subgraph } = (await import(pathToFileURL(join(folder, "src/schema.ts")).href)) as { subgraph: Subgraph };
  const sdl = printSubgraph(subgraph);
  const files = new Map([
    [`services/${name}/schema.graphql`, sdl],
    [`services/${name}/ERRORS.md`, printErrors(subgraph)],
    [`services/${name}/src/generated/resolvers.ts`, await printResolverTypes(folder, subgraph.sdl)],
  ]);
  return { sdl, refusals: listRefusals(subgraph), files };
}
