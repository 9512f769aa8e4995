import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { removePostgres } from "@clic/local-postgres";
import type { ProcessIdentity } from "@clic/supervisor";

const root = join(import.meta.dirname, "../../..");
const clic = join(root, "packages/cli/bin/clic.cjs");
const run = promisify(execFile);

/** The whole graph as `npm start` runs it, on ports and data of its own. */
export interface RunningGraph {
  readonly url: string;
  /** Where a service listens, by name. */
  readonly port: (name: string) => number;
  /** A bearer token of a development user. */
  token(as: string): Promise<string>;
  ask(
    query: string,
    options?: { variables?: object; as?: string | null; headers?: Record<string, string> },
  ): Promise<GraphAnswer>;
  /** Loads made-up data at this scale beside what is there, as a person does. */
  loadDemoData(scale: string): Promise<void>;
  /** How many statements have read rows so far, by service. */
  statements(): Promise<Record<string, number>>;
  /** What it has told the person at the keyboard so far. */
  printed(): string;
  /** The process that it has recorded under this name now; `postgres` is one. Throws when there is none. */
  recorded(name: string): ProcessIdentity;
  /** The file with all that a process has written. */
  log(name: string): string;
  /** The server's own administrator, who sees every database. */
  adminUrl(): string;
  stop(): Promise<void>;
}

export interface GraphAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test's own expectations are its types
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string; readonly service?: string };
  }[];
}

const offsets: Record<string, number> = {
  organisations: 1,
  "education-learning": 2,
  "production-system": 3,
  leadership: 4,
  events: 5,
  issuer: 10,
  postgres: 32,
};
const services = Object.keys(offsets).filter((name) => name !== "issuer" && name !== "postgres");

/**
 * Starts the graph, on the PostgreSQL of `databaseUrl` where there is one, and waits until it says that it is ready.
 * Rejects with what it printed when it does not.
 */
export async function startGraph(
  variables: Readonly<Record<string, string | undefined>>,
  { databaseUrl = "" } = {},
): Promise<RunningGraph> {
  const home = await mkdtemp(join(tmpdir(), "clic-acceptance-"));
  const base = await freeRange();
  const environment = {
    ...variables,
    CLIC_STATE: join(home, "state"),
    CLIC_PORT_BASE: String(base),
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "info",
    NODE_OPTIONS: "",
  };
  const child = spawn(process.execPath, [clic, "start"], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const printed = await ready(child, `http://127.0.0.1:${base}/graphql`);

  const postgres = join(environment.CLIC_STATE, "postgres");
  const readJson = (...path: string[]): unknown =>
    JSON.parse(readFileSync(join(environment.CLIC_STATE, ...path), "utf8"));
  const port = (name: string): number => base + (offsets[name] ?? 0);
  const url = `http://127.0.0.1:${base}/graphql`;
  const tokens = new Map<string, Promise<string>>();
  const token = (as: string): Promise<string> => {
    let made = tokens.get(as);
    const issuer = { ...environment, ISSUER_URL: `http://127.0.0.1:${port("issuer")}` };
    if (made === undefined)
      tokens.set(
        as,
        (made = run(process.execPath, [clic, "token", "--as", as], { env: issuer }).then(({ stdout }) =>
          stdout.trim(),
        )),
      );
    return made;
  };
  return {
    url,
    port,
    token,
    ask: async (query, { variables, as, headers } = {}) => {
      const authorization = as ? { authorization: `Bearer ${await token(as)}` } : {};
      const reply = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization, ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return { status: reply.status, ...((await reply.json()) as object) };
    },
    loadDemoData: async (scale) => {
      await run(process.execPath, [clic, "demo-data", "--scale", scale], { env: environment });
    },
    statements: async () => {
      const counts = services.map(async (name) => {
        const metrics = await (await fetch(`http://127.0.0.1:${port(name)}/metrics`)).text();
        return [name, Number(/^subgraph_read_statements_total\S* (\d+)/m.exec(metrics)?.[1] ?? 0)] as const;
      });
      return Object.fromEntries(await Promise.all(counts));
    },
    printed,
    recorded: (name) => {
      if (name === "postgres") return (readJson("postgres", "server.json") as { postgres: ProcessIdentity }).postgres;
      const children = readJson("children.json") as (ProcessIdentity & { name: string })[];
      const found = children.find((each) => each.name === name);
      if (found === undefined) throw new Error(`No process named ${name} is recorded.`);
      return found;
    },
    log: (name) => join(environment.CLIC_STATE, "logs", `${name}.log`),
    adminUrl: () => {
      const password = readFileSync(join(postgres, "superuser-password"), "utf8").trim();
      return `postgresql://postgres:${password}@127.0.0.1:${port("postgres")}/clic`;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve(undefined)));
      // Where root starts it, the data may lie elsewhere.
      await removePostgres(postgres);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess, url: string): Promise<() => string> {
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      // The closing words name the graph's URL once everything answers.
      if (printed.includes(url)) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`The graph ended with ${code} before it was ready:\n${printed}`)));
  });
  return () => printed;
}

/**
 * A base whose ports are free now, below 32,768: from there on Linux lends ports to whoever dials, and a test beside this
 * one may be lent one of them before the graph listens.
 */
async function freeRange(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 300) * 40;
    const probes = [0, ...Object.values(offsets)].map((offset) => isFree(base + offset));
    if ((await Promise.all(probes)).every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
