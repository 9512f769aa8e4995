import { randomBytes } from "node:crypto";
import { signSubgraphToken, systemViewer, type Viewer } from "@clic/identity";
import { createTestDatabase, type TestDatabase } from "@clic/local-postgres";
import { connect, createApp, migrate, transact, type Subgraph, type UseCase } from "@clic/subgraph-kit";
import type { MikroORM } from "@mikro-orm/postgresql";
import { pino } from "pino";

/** A GraphQL answer, loosely typed: tests say what they expect of it. */
export interface Answer {
  // oxlint-disable-next-line typescript/no-explicit-any -- a test's own expectations are its types
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
  /** How many statements read rows for this answer. */
  readonly statements: number;
}

export interface TestSubgraph {
  readonly orm: MikroORM;
  readonly database: TestDatabase;
  /** Asks as this viewer, over HTTP's whole way in (token, parser, executor) without a socket. */
  ask(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks a slice's own route, as anybody may. */
  get(path: string): Promise<{ readonly status: number; readonly type: string; readonly body: string }>;
  /** Arranges data as the system, past the use cases' rules but not past the database's. */
  arrange<Result>(work: (useCase: UseCase) => Promise<Result>): Promise<Result>;
  /** The service's clock from now on. */
  setNow(now: Date): void;
  stop(): Promise<void>;
}

/**
 * A service's subgraph on a database of its own, migrated and loaded. Needs the jest global setup of
 * @clic/local-postgres. Stop it when you are done.
 */
export async function startTestSubgraph(
  subgraph: Subgraph,
  loads: readonly ((useCase: UseCase) => Promise<void>)[] = [],
): Promise<TestSubgraph> {
  const database = await createTestDatabase({ services: [subgraph.name] });
  const urls = database.services[subgraph.name];
  if (urls === undefined) throw new Error(`There is no service ${subgraph.name}.`);
  await migrate(subgraph.orm, urls.migrationDatabaseUrl);
  const orm = await connect(subgraph.orm, { url: urls.databaseUrl, poolSize: 10 });
  let now: Date | undefined;
  const clock = (): Date => now ?? new Date();
  const arrange = <Result>(work: (useCase: UseCase) => Promise<Result>): Promise<Result> =>
    transact(orm.em, systemViewer("test"), clock(), work);
  for (const load of loads) await arrange(load);
  const key = randomBytes(32);
  const app = await createApp({ subgraph, orm, key, logger: pino({ level: "silent" }), now: clock });

  const statements = async (): Promise<number> => {
    const metrics = (await app.inject("/metrics")).body;
    return Number(/^subgraph_read_statements_total\S* (\d+)/m.exec(metrics)?.[1] ?? 0);
  };
  return {
    orm,
    database,
    arrange,
    setNow: (date) => (now = date),
    ask: async (viewer, query, variables) => {
      const body = JSON.stringify({ query, variables });
      const token = signSubgraphToken({ viewer, subgraph: subgraph.name, key, body, now: clock().getTime() });
      const before = await statements();
      const reply = await app.inject({
        method: "POST",
        url: "/graphql",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        payload: body,
      });
      return { ...reply.json<object>(), statements: (await statements()) - before };
    },
    get: async (path) => {
      const reply = await app.inject(path);
      return { status: reply.statusCode, type: String(reply.headers["content-type"]), body: reply.body };
    },
    stop: async () => {
      await app.close();
      await orm.close();
      await database.drop();
    },
  };
}
