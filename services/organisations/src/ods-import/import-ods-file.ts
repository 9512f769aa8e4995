import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { encodeGlobalId } from "@clic/global-id";
import {
  identifyFile,
  type ImportMessage,
  type ImportReport,
  kindOfReport,
  type OdsRefusal,
  type RefusalReason,
  writeRefusalReport,
} from "@clic/ods";
import type { Client } from "pg";
import { applyRows } from "./apply-rows.ts";
import { beginRun, type Run } from "./begin-run.ts";
import { checkRows } from "./check-rows.ts";
import { inTransaction, openImportDatabase } from "./import-database.ts";
import { ImportRefused } from "./import-refused.errors.ts";
import { layOutRows } from "./lay-out-rows.ts";

export interface OdsImport {
  readonly databaseUrl: string;
  readonly path: string;
  /** The day whose state the file describes, ISO. */
  readonly asAt: string;
  /** The kind of rows that don't tell theirs; what the report's name says when absent. */
  readonly kind: string | null;
  readonly startedBy: string;
  /** Where the refused rows go. */
  readonly report: string;
  readonly onProgress: (progress: Omit<Extract<ImportMessage, { type: "progress" }>, "type">) => void;
}

/**
 * Imports a file of ODS's 27 columns, or goes on with an import of the same bytes as at the same day that was stopped, however
 * that was. Throws ImportRefused where it can't be imported now; nothing of it is in the directory then.
 */
export async function importOdsFile(asked: OdsImport): Promise<ImportReport> {
  const began = performance.now();
  const before = await fingerprint(asked.path);
  const identity = await identifyFile(asked.path);
  if (identity.bytes === 0) throw new ImportRefused(`${asked.path} is empty.`);
  const client = await openImportDatabase(asked.databaseUrl);
  try {
    const fileName = basename(asked.path);
    const run = await beginRun(client, { ...identity, fileName, asAt: asked.asAt, startedBy: asked.startedBy });
    const file = { ...asked, kind: asked.kind ?? kindOfReport(fileName.replace(/\.[^.]*$/, "")) };
    let { phase } = run;
    if (phase === "READING") {
      await layOutRows(client, run, file, (rows, byte) =>
        asked.onProgress({ phase: "READING", rows, part: byte / identity.bytes }),
      );
      if ((await fingerprint(asked.path)) !== before) await forget(client, run, asked.path);
      phase = "CHECKING";
    }
    if (phase === "CHECKING") {
      asked.onProgress({ phase, rows: 0, part: 0 });
      await checkRows(client, run.id);
    }
    const total = await rowsOf(client, run.id);
    let applied = 0;
    const second = await openImportDatabase(asked.databaseUrl);
    try {
      await applyRows([client, second], {
        run: run.id,
        asAt: asked.asAt,
        onProgress: (rows) => {
          applied += rows;
          asked.onProgress({ phase: "APPLYING", rows: applied, part: applied / total });
        },
      });
    } finally {
      await second.end();
    }
    await finish(client, run.id);
    const seconds = (performance.now() - began) / 1000;
    await writeRefusalReport(asked.report, refusalsOf(client, run.id));
    return await report(client, run, seconds);
  } finally {
    await client.end();
  }
}

async function fingerprint(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  return `${size} ${mtimeMs} ${ino}`;
}

/** What was read of a file that changed meanwhile is of no file that there ever was. */
async function forget(client: Client, run: Run, path: string): Promise<never> {
  await inTransaction(client, async () => {
    for (const table of ["ods_row", "import_refusal"])
      await client.query(`delete from ${table} where run_id = $1`, [run.id]);
    await client.query("delete from import_run where id = $1", [run.id]);
  });
  throw new ImportRefused(`${path} changed while it was read. Say this again when it is whole.`);
}

async function rowsOf(client: Client, run: string): Promise<number> {
  return await inTransaction(client, async () => {
    const { rows } = await client.query<{ rows: number }>(
      "select count(*)::integer as rows from ods_row where run_id = $1",
      [run],
    );
    return rows[0]?.rows ?? 0;
  });
}

async function finish(client: Client, run: string): Promise<void> {
  await inTransaction(client, async () => {
    await client.query("delete from ods_row where run_id = $1", [run]);
    await client.query("update import_run set phase = 'FINISHED', finished_at = clock_timestamp() where id = $1", [
      run,
    ]);
  });
  // Who asks next should find the plan that fits what is there now.
  await client.query("analyze organisation, organisation_version");
}

async function* refusalsOf(client: Client, run: string): AsyncGenerator<OdsRefusal> {
  const atOnce = 5000;
  for (let line = 0; ;) {
    const rows = await inTransaction(client, async () => {
      const found = await client.query<OdsRefusal>(
        `select line, code, reason from import_refusal where run_id = $1 and line > $2 order by line limit ${atOnce}`,
        [run, line],
      );
      return found.rows;
    });
    yield* rows;
    if (rows.length < atOnce) return;
    line = rows.at(-1)?.line ?? 0;
  }
}

async function report(client: Client, run: Run, seconds: number): Promise<ImportReport> {
  return await inTransaction(client, async () => {
    const { rows: counts } = await client.query<Omit<ImportReport, "reasons">>(
      "select rows_read as read, added, changed, unchanged, refused from import_run where id = $1",
      [run.id],
    );
    const { rows: reasons } = await client.query<{ reason: RefusalReason; rows: number }>(
      "select reason, count(*)::integer as rows from import_refusal where run_id = $1 group by reason order by rows desc, reason",
      [run.id],
    );
    const { read, added, changed, unchanged, refused } = counts[0] as Omit<ImportReport, "reasons">;
    return {
      runId: encodeGlobalId("ImportRun", run.id),
      continued: run.isContinued,
      earlierRuns: run.earlierRuns,
      read,
      added,
      changed,
      unchanged,
      refused,
      reasons,
      seconds,
      rows: read - run.rowsRead,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  });
}
