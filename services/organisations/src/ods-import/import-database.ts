import { Client } from "pg";

/** A connection of the import's own: as the owner of the schema, on behalf of the system, without a limit on how long it works. */
export async function openImportDatabase(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    options: "-c TimeZone=UTC -c DateStyle=ISO -c search_path=organisations -c jit=off",
    keepAlive: true,
  });
  // What breaks a connection rejects the statement under way; without a listener it would end the process as well.
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** One transaction on behalf of the system. Rejects with what `work` throws; nothing is then kept. */
export async function inTransaction<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
  await client.query("begin; select set_config('app.kind', 'system', true)");
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    // A connection that is gone has undone it already.
    await client.query("rollback").catch(() => {});
    throw error;
  }
}
