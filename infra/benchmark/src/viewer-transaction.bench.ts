import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anonymousViewer } from "@clic/identity";
import { startPostgres } from "@clic/local-postgres";
import { RowReader, statement } from "@clic/subgraph-kit";
import { Pool } from "pg";
import { interleaved, type Contender } from "./interleaved.ts";

const rows = 60;
const text = "select id, title from bench where id = any($1::int[])";
const ids = Array.from({ length: rows }, (_, index) => index * 7);
const settings =
  "select set_config('app.kind', 'anonymous', true), set_config('app.person', '', true), set_config('app.organisation', '', true), set_config('app.scopes', '', true)";

/**
 * What the viewer's transaction costs a read of 60 rows: the kit's way beside the same statement without viewer or
 * transaction (the limit), and beside the same transaction as round trips awaited one by one.
 */
export async function viewerTransaction(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "bench-"));
  const server = await startPostgres({ dataDirectory: join(home, "data"), ephemeral: true });
  const pool = new Pool({ connectionString: server.adminUrl, max: 10, pipeline: true });
  // The server's farewell can overtake a connection's own end.
  pool.on("error", () => undefined);
  try {
    await pool.query("create table bench (id int primary key, title text)");
    await pool.query("insert into bench select n, 'title ' || n from generate_series(1, 10000) n");
    await pool.query("alter table bench enable row level security");
    const bare = async (): Promise<void> => {
      await pool.query({ name: "bare", text, values: [ids] });
    };
    const kit = async (statements: number): Promise<void> => {
      const reader = new RowReader(pool, anonymousViewer);
      await Promise.all(Array.from({ length: statements }, () => reader.query(statement(text), [ids])));
    };
    const roundTrips = async (): Promise<void> => {
      const client = await pool.connect();
      await client.query("begin read only");
      await client.query({ name: "settings", text: settings });
      await client.query({ name: "bare", text, values: [ids] });
      await client.query("commit");
      client.release();
    };
    const contenders: Contender[] = [
      { name: "the statement alone (no viewer, no transaction)", run: bare },
      { name: "the kit: one pipelined transaction, 1 statement", run: () => kit(1) },
      { name: "the same as four awaited round trips", run: roundTrips },
      { name: "the kit: one pipelined transaction, 4 statements", run: () => kit(4) },
    ];
    await interleaved("The viewer's transaction: reads of 60 rows, 32 at once, 10 connections", contenders);
  } finally {
    await pool.end();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}
