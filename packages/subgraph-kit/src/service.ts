import { parseArgs } from "node:util";
import { systemViewer } from "@clic/identity";
import type { MikroORM } from "@mikro-orm/postgresql";
import { type Logger, pino } from "pino";
import type { UseCase } from "./context.ts";
import { readServiceEnvironment, type ServiceEnvironment } from "./environment.ts";
import { createApp } from "./http/app.ts";
import { connect, migrate } from "./orm.ts";
import type { Subgraph } from "./subgraph.ts";
import { transact } from "./transact.ts";

/** What runs beside the HTTP server as long as the service does: a relay, a consumer. */
export interface Background {
  stop(): Promise<void>;
}

export interface RunningParts {
  readonly orm: MikroORM;
  readonly environment: ServiceEnvironment;
  readonly logger: Logger;
}

export interface ServiceOptions {
  readonly subgraph: Subgraph;
  /** Data sets by name (`--load founding,demonstration`): each one idempotent transaction, as the system. */
  readonly loads?: Readonly<Record<string, (useCase: UseCase) => Promise<void>>>;
  /** Starts what runs beside the HTTP server. */
  readonly background?: (parts: RunningParts) => Promise<readonly Background[]>;
}

export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Runs a service: migrates (`--migrate`), loads (`--load a,b`), listens. Rejects when the environment does not fit,
 * PostgreSQL can't be reached, a migration fails or the port is taken.
 */
export async function startService(
  options: ServiceOptions,
  variables: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): Promise<RunningService> {
  const environment = readServiceEnvironment(variables);
  const { values } = parseArgs({
    args: [...argv],
    options: { migrate: { type: "boolean" }, load: { type: "string" } },
  });
  const logger = pino({
    name: options.subgraph.name,
    level: environment.LOG_LEVEL,
    redact: ["*.authorization", "*.SUBGRAPH_KEY", "*.*.authorization"],
  });
  if (values.migrate) {
    if (!environment.MIGRATION_DATABASE_URL)
      throw new Error("--migrate needs MIGRATION_DATABASE_URL, the URL of the schema's owner.");
    await migrate(options.subgraph.orm, environment.MIGRATION_DATABASE_URL);
  }
  const orm = await connect(options.subgraph.orm, { url: environment.DATABASE_URL, poolSize: environment.POOL_SIZE });
  for (const name of values.load?.split(",") ?? []) {
    const load = options.loads?.[name];
    if (load) await transact(orm.em, systemViewer(`load ${name}`), new Date(), load);
  }
  const publicUrl = environment.PUBLIC_URL?.replace(/\/+$/, "") ?? `http://${environment.HOST}:${environment.PORT}`;
  const app = await createApp({ subgraph: options.subgraph, orm, key: environment.SUBGRAPH_KEY, logger, publicUrl });
  const background = (await options.background?.({ orm, environment, logger })) ?? [];
  const url = await app.listen({ port: environment.PORT, host: environment.HOST });
  logger.info({ url }, "listening");
  return {
    url,
    stop: async () => {
      // The server first, so that what is in flight still has its database.
      await app.close();
      await Promise.all(background.map((part) => part.stop()));
      await orm.close();
      logger.info("stopped");
    },
  };
}

/**
 * The body of a service's `main.ts`: starts it, and stops it gracefully on SIGTERM, SIGINT, or when the supervisor
 * that started it is gone. Exits with 1 and one line when it can't start.
 */
export async function runService(options: ServiceOptions, process: NodeJS.Process): Promise<void> {
  let running: RunningService | undefined;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // A hung connection must not keep a process whose supervisor has gone.
    setTimeout(() => process.exit(1), 10_000).unref();
    await running?.stop();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
  process.on("disconnect", () => void stop());
  try {
    running = await startService(options, process.env, process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${options.subgraph.name}: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
