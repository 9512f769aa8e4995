import { parseArgs } from "node:util";
import { systemViewer } from "@clic/identity";
import { createLogger } from "@clic/telemetry";
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Logger } from "pino";
import { readServiceEnvironment, type ServiceEnvironment } from "./environment.ts";
import { connect, migrate } from "./orm.ts";
import type { ServiceOptions } from "./service.ts";
import { transact } from "./transact.ts";

export interface ServiceArguments {
  readonly migrate: boolean;
  readonly load: readonly string[];
  readonly bulk: string | null;
}

export function readArguments(argv: readonly string[]): ServiceArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: { migrate: { type: "boolean" }, load: { type: "string" }, bulk: { type: "string" } },
  });
  return { migrate: values.migrate ?? false, load: values.load?.split(",") ?? [], bulk: values.bulk ?? null };
}

export interface Prepared {
  readonly environment: ServiceEnvironment;
  readonly logger: Logger;
  readonly orm: MikroORM;
}

/** What there is to do before a service serves, or loads in bulk: migrate (`--migrate`), load (`--load a,b`). */
export async function prepare(
  options: ServiceOptions,
  variables: Readonly<Record<string, string | undefined>>,
  { migrate: migrates, load: names }: ServiceArguments,
): Promise<Prepared> {
  const environment = readServiceEnvironment(variables);
  const logger = createLogger(options.subgraph.name, environment.LOG_LEVEL);
  if (migrates) await migrate(options.subgraph.orm, ownerUrl(environment, "--migrate"));
  const orm = await connect(options.subgraph.orm, { url: environment.DATABASE_URL, poolSize: environment.POOL_SIZE });
  for (const name of names) {
    const load = options.loads?.[name];
    if (load) await transact(orm.em, systemViewer(`load ${name}`), new Date(), load);
  }
  return { environment, logger, orm };
}

export function ownerUrl({ MIGRATION_DATABASE_URL }: ServiceEnvironment, needed: string): string {
  if (MIGRATION_DATABASE_URL !== undefined) return MIGRATION_DATABASE_URL;
  throw new Error(`${needed} needs MIGRATION_DATABASE_URL, the URL of the schema's owner.`);
}
