import type { Pool, PoolClient } from "pg";

/**
 * Gives back to its pool what ends while it is in use. Kysely, by which MikroORM makes transactions, releases a connection
 * only when its commit or rollback succeeds: each that PostgreSQL ended in a use case would be one fewer for ever.
 */
export function releaseEnded(pool: Pool): void {
  const watched = new WeakSet<PoolClient>();
  pool.on("acquire", (client) => {
    if (watched.has(client)) return;
    watched.add(client);
    // Whoever has it is told first, and may give it back themselves.
    client.once("end", () => setImmediate(() => giveBack(client)));
  });
}

function giveBack(client: PoolClient): void {
  try {
    client.release(true);
  } catch {
    // It was given back; the pool refuses it a second time.
  }
}
