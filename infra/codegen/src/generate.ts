import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { printErrors, printSubgraph, type Subgraph } from "@clic/subgraph-kit";
import { composeSupergraph, placeholderUrl } from "../../../gateway/src/compose.ts";
import { listServices } from "./list-services.ts";
import { printResolverTypes } from "./print-resolver-types.ts";

/** What generation makes: paths from the root of the checkout → their whole content, and why anything is missing. */
export interface Generated {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/**
 * Makes every generated file of the checkout in memory: for each service `schema.graphql`,
 * `ERRORS.md` and `src/generated/resolvers.ts`, and `gateway/supergraph.graphql` of all of them. Writes nothing, needs no database. A
 * service that can't be loaded is a problem, and then there is no supergraph.
 *
 * Hazard: services are loaded as modules, so a second call in one process sees the sources of the first.
 */
export async function generateAll(root: string): Promise<Generated> {
  const files = new Map<string, string>();
  const problems: string[] = [];
  const subgraphs = [];
  for (const name of listServices(root)) {
    try {
      const service = await generateService(root, name);
      for (const [path, content] of service.files) files.set(path, content);
      subgraphs.push({ name, url: placeholderUrl(name), sdl: service.sdl });
    } catch (error) {
      problems.push(`services/${name}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) return { files, problems };
  const composition = composeSupergraph(subgraphs);
  if (composition.composed) files.set("gateway/supergraph.graphql", composition.supergraph);
  else problems.push(...composition.errors);
  return { files, problems };
}

/** The generated files of one service, and its printed SDL. Rejects when its sources can't be loaded. */
export async function generateService(
  root: string,
  name: string,
): Promise<{ sdl: string; files: ReadonlyMap<string, string> }> {
  const folder = join(root, "services", name);
  const { subgraph } = (await import(pathToFileURL(join(folder, "src/schema.ts")).href)) as { subgraph: Subgraph };
  const sdl = printSubgraph(subgraph);
  const files = new Map([
    [`services/${name}/schema.graphql`, sdl],
    [`services/${name}/ERRORS.md`, printErrors(subgraph)],
    [`services/${name}/src/generated/resolvers.ts`, await printResolverTypes(folder, subgraph.sdl)],
  ]);
  return { sdl, files };
}
