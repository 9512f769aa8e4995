import { openTracing } from "@clic/telemetry";
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Logger } from "pino";
import type { BulkLoad } from "./bulk/bulk-load.ts";
import { runBulkLoad } from "./bulk/run-bulk-load.ts";
import type { UseCase } from "./context.ts";
import type { ServiceEnvironment } from "./environment.ts";
import { createApp } from "./http/app.ts";
import { prepare, readArguments } from "./prepare.ts";
import type { Subgraph } from "./subgraph.ts";

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
  /** The service's share of the data set of this name, too large for `loads`; throws where there is none of this name. */
  readonly bulk?: (name: string) => BulkLoad;
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
  const { environment, logger, orm } = await prepare(options, variables, readArguments(argv));
  const publicUrl = environment.PUBLIC_URL?.replace(/\/+$/, "") ?? `http://${environment.HOST}:${environment.PORT}`;
  const tracing = await openTracing({
    service: options.subgraph.name,
    endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
    ratio: environment.OTEL_TRACES_SAMPLER_ARG,
  });
  const { subgraph } = options;
  const app = await createApp({ subgraph, orm, key: environment.SUBGRAPH_KEY, logger, publicUrl, tracing });
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
      await tracing?.close();
      logger.info("stopped");
    },
  };
}

/**
 * The body of a service's `main.ts`: starts it, and stops it gracefully on SIGTERM, SIGINT, or when the supervisor
 * that started it is gone. Exits with 1 and one line when it can't start. With `--bulk name` it loads that data set,
 * tells whoever started it how far it is, and exits.
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
    const argv = process.argv.slice(2);
    const given = readArguments(argv);
    if (given.bulk === null) {
      running = await startService(options, process.env, argv);
    } else {
      await runBulkLoad(options, process.env, { ...given, bulk: given.bulk }, (message) => process.send?.(message));
    }
  } catch (error) {
    process.stderr.write(`${options.subgraph.name}: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
