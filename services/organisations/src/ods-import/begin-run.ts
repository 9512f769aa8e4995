import { newUuid } from "@clic/global-id";
import type { FileIdentity } from "@clic/ods";
import type { Client } from "pg";
import { inTransaction } from "./import-database.ts";
import { ImportRefused } from "./import-refused.errors.ts";

export interface Run {
  /** A bare uuid. */
  readonly id: string;
  readonly phase: "READING" | "CHECKING" | "APPLYING";
  readonly isContinued: boolean;
  readonly earlierRuns: number;
  readonly nextByte: number;
  readonly nextLine: number;
  readonly rowsRead: number;
}

interface Asked extends FileIdentity {
  readonly fileName: string;
  readonly asAt: string;
  readonly startedBy: string;
}

/**
 * Finds the unfinished run of this file, whatever it is called now, or begins one. Keeps other imports out until the connection
 * closes. Throws ImportRefused while another one runs, or where the directory is known as at a later day.
 */
export async function beginRun(client: Client, asked: Asked): Promise<Run> {
  const locked = await client.query<{ taken: boolean }>(
    "select pg_try_advisory_lock(hashtext('organisations.import')) as taken",
  );
  if (locked.rows[0]?.taken !== true)
    throw new ImportRefused("Another import is running. Wait until it has ended, and then say this again.");
  return await inTransaction(client, async () => {
    const { rows: unfinished } = await client.query<RunRow>(
      `update import_run set continued = continued + 1
        where file_sha256 = $1 and as_at = $2 and phase <> 'FINISHED' returning *`,
      [asked.sha256, asked.asAt],
    );
    const { rows: earlier } = await client.query<{ same: number; latest: string | null }>(
      `select count(*) filter (where file_sha256 = $1 and as_at = $2)::integer as same, max(as_at)::text as latest
        from import_run where phase = 'FINISHED'`,
      [asked.sha256, asked.asAt],
    );
    const { same = 0, latest = null } = earlier[0] ?? {};
    if (latest !== null && latest > asked.asAt)
      throw new ImportRefused(
        `The directory is known as at ${latest} already, and this file is as at ${asked.asAt}: what is older can't be laid over it. ` +
          "Import files in the order of their days, or give the right one with --as-at.",
      );
    const known = unfinished[0];
    if (known !== undefined) return runOf(known, true, same);
    const { rows: begun } = await client.query<RunRow>(
      `insert into import_run (id, file_name, file_sha256, file_bytes, as_at, started_by)
        values ($1, $2, $3, $4, $5, $6) returning *`,
      [newUuid(), asked.fileName, asked.sha256, asked.bytes, asked.asAt, asked.startedBy],
    );
    return runOf(begun[0] as RunRow, false, same);
  });
}

interface RunRow {
  id: string;
  phase: Run["phase"];
  next_byte: string;
  next_line: number;
  rows_read: number;
}

function runOf(row: RunRow, isContinued: boolean, earlierRuns: number): Run {
  const { id, phase, next_byte: byte, next_line: nextLine, rows_read: rowsRead } = row;
  return { id, phase, isContinued, earlierRuns, nextByte: Number(byte), nextLine, rowsRead };
}
