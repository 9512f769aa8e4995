import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { createApp } from "../src/app.ts";
import { composeSupergraph, placeholderUrl } from "../src/compose.ts";
import { readEnvironment } from "../src/environment.ts";
import { AUDIENCE, type TestIssuer, startTestIssuer } from "./test-issuer.ts";
import { events, organisations } from "./test-schemas.ts";
import { type TestSubgraph, startTestSubgraph } from "./test-subgraph.ts";

// The gateway is made in this process too, and must not phone home from it.
process.env["APOLLO_TELEMETRY_DISABLED"] = "1";

/** Two subgraphs, an issuer and a supergraph file, and the variables that make a gateway of them. */
export interface World {
  readonly issuer: TestIssuer;
  readonly organisations: TestSubgraph;
  readonly events: TestSubgraph;
  readonly supergraphFile: string;
  variables(changes?: Record<string, string>): Record<string, string>;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const issuer = await startTestIssuer();
  const first = await startTestSubgraph("organisations", organisations.sdl, organisations.resolvers);
  const second = await startTestSubgraph("events", events.sdl, events.resolvers);
  const folder = await mkdtemp(join(tmpdir(), "clic-gateway-"));
  const supergraphFile = join(folder, "supergraph.graphql");
  await writeFile(supergraphFile, composeOf([first, second]));
  const addresses = Object.fromEntries([first, second].map(({ name, url, key }) => [name, { url, key }]));
  return {
    issuer,
    organisations: first,
    events: second,
    supergraphFile,
    variables: (changes) => ({
      PORT: "0",
      ISSUER_URL: issuer.origin,
      AUDIENCE,
      SUPERGRAPH: supergraphFile,
      SUPERGRAPH_POLL_MS: "20",
      PLAN_THREADS: "1",
      SUBGRAPHS: JSON.stringify(addresses),
      ...changes,
    }),
    async close() {
      await Promise.all([issuer.close(), first.stop(), second.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

export function composeOf(subgraphs: readonly { name: string; sdl: string }[]): string {
  const composition = composeSupergraph(subgraphs.map(({ name, sdl }) => ({ name, sdl, url: placeholderUrl(name) })));
  if (!composition.composed) throw new Error(composition.errors.join("\n"));
  return composition.supergraph;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: any;
}

export interface TestGateway {
  readonly origin: string;
  /** Every line logged so far. */
  readonly logged: string[];
  ask(query: string, headers?: Record<string, string>, variables?: object): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

export async function startTestGateway(world: World, changes?: Record<string, string>): Promise<TestGateway> {
  const logged: string[] = [];
  const log: Logger = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
  const app = await createApp(readEnvironment(world.variables(changes)), log);
  const origin = await app.listen();
  return { origin, logged, ...asking(origin), close: () => app.close() };
}

/** Ways to ask a gateway that listens at `origin`. */
export function asking(origin: string): Pick<TestGateway, "ask" | "get"> {
  return {
    async ask(query, headers, variables) {
      const body = JSON.stringify({ query, variables });
      return read(
        await fetch(`${origin}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body,
        }),
      );
    },
    get: async (path, headers = {}) => read(await fetch(origin + path, { headers })),
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, text, body };
}

/** Waits until `check` holds; fails loudly after thirty seconds. */
export async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error("It did not come true within thirty seconds.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
