import type { EntityMetadata, EntitySchema, MigrationObject } from "@mikro-orm/core";
import { Migrator } from "@mikro-orm/migrations";
import { MikroORM } from "@mikro-orm/postgresql";
import { idempotencyMigration } from "./once.ts";
import { releaseEnded } from "./ended-connections.ts";

/** What a service keeps in its schema. */
export interface Orm {
  /** The PostgreSQL schema; it also names the roles (`<schema>_service`, `<schema>_owner`). */
  readonly schema: string;
  readonly entities: readonly object[];
  /** In order; names are what PostgreSQL remembers, so they never change. */
  readonly migrations: readonly MigrationObject[];
}

/** Declares a service's schema, entities and migrations. */
export function defineOrm(orm: Orm): Orm {
  return orm;
}

interface Connection {
  readonly url: string;
  readonly poolSize: number;
  /** Milliseconds after which PostgreSQL ends a statement. */
  readonly statementTimeout?: number;
}

function options(orm: Orm, connection: Connection) {
  const limit = connection.statementTimeout ?? 10_000;
  return {
    entities: [...orm.entities] as EntitySchema[],
    schema: orm.schema,
    clientUrl: connection.url,
    // A request for a connection waits its turn; it fails rather than waits for ever.
    pool: { min: 0, max: connection.poolSize },
    driverOptions: {
      pipeline: true,
      options: "-c TimeZone=UTC -c DateStyle=ISO",
      statement_timeout: limit,
      // PostgreSQL ends what takes too long; where even that is not heard of, the connection is given up.
      query_timeout: limit === 0 ? 0 : limit + 5000,
      idle_in_transaction_session_timeout: 15_000,
      connectionTimeoutMillis: 10_000,
    },
    forceUtcTimezone: true,
    debug: false,
    logger: () => undefined,
    extensions: [Migrator],
    migrations: {
      tableName: "migration",
      migrationsList: [...orm.migrations, idempotencyMigration(orm.schema)],
      transactional: true,
      allOrNothing: true,
      snapshot: false,
    },
  };
}

const discovered = new WeakMap<object, EntityMetadata>();

/** Reads the entities' metadata without a database, as printing the SDL and deriving statements need it. */
export function discover(orm: Orm): void {
  if (orm.entities.every((entity: object) => discovered.has(entity))) return;
  const metadata = new MikroORM(options(orm, { url: "postgresql://127.0.0.1:1/none", poolSize: 1 })).getMetadata();
  for (const entity of orm.entities as { meta: { className: string } }[]) {
    discovered.set(entity, metadata.get(entity.meta.className as never));
  }
}

/** The discovered metadata of an entity. Throws when no subgraph has it among its entities. */
export function metadataOf(entity: { readonly meta: { readonly className: string } }): EntityMetadata {
  const metadata = discovered.get(entity);
  if (metadata === undefined) throw new Error(`${entity.meta.className} is not among the entities of orm.config.ts`);
  return metadata;
}

/** Connects as the service: bounded pool, UTC, a time limit on every statement. */
export async function connect(orm: Orm, connection: Connection): Promise<MikroORM> {
  const connected = await MikroORM.init(options(orm, connection));
  releaseEnded(await connected.em.getConnection().getNativeClient());
  return connected;
}

/** Runs the migrations that are due, as the owner of the schema, each once, safe beside other replicas that do the same. */
export async function migrate(orm: Orm, ownerUrl: string): Promise<void> {
  const owner = await MikroORM.init(options(orm, { url: ownerUrl, poolSize: 1, statementTimeout: 0 }));
  try {
    await owner.em.getConnection().execute("select pg_advisory_lock(hashtext(?))", [`migrate ${orm.schema}`]);
    await owner.migrator.up();
    // The list of migrations came with the rights of every table; who serves requests must not rewrite it.
    await owner.em.getConnection().execute(`revoke all on ${orm.schema}.migration from ${orm.schema}_service`);
  } finally {
    await owner.close();
  }
}
