import { parseArgs } from "node:util";
import type { ImportMessage } from "@clic/ods";
import { migrate } from "@clic/subgraph-kit";
import { orm } from "../orm.config.ts";
import { importOdsFile } from "./import-ods-file.ts";
import { ImportRefused } from "./import-refused.errors.ts";

/** Imports one file and ends. Whoever starts it hears how it goes over the channel between them, and takes it along when they end. */
const tell = (message: ImportMessage): void => void process.send?.(message);
const end = (): never => process.exit(1);
process.on("disconnect", end);

const { values } = parseArgs({
  options: {
    file: { type: "string" },
    "as-at": { type: "string" },
    kind: { type: "string" },
    by: { type: "string" },
    report: { type: "string" },
  },
});
const databaseUrl = process.env["MIGRATION_DATABASE_URL"];
const { file: path, "as-at": asAt, by: startedBy, report } = values;
if (
  databaseUrl === undefined ||
  path === undefined ||
  asAt === undefined ||
  startedBy === undefined ||
  report === undefined
)
  throw new Error("MIGRATION_DATABASE_URL, --file, --as-at, --by and --report are needed.");

try {
  await migrate(orm, databaseUrl);
  const onProgress = (progress: object): void => tell({ type: "progress", ...progress } as ImportMessage);
  const kind = values.kind ?? null;
  tell({ type: "ended", ...(await importOdsFile({ databaseUrl, path, asAt, kind, startedBy, report, onProgress })) });
} catch (error) {
  if (!(error instanceof ImportRefused)) throw error;
  tell({ type: "refused", message: error.message });
} finally {
  process.off("disconnect", end);
  if (process.connected) process.disconnect();
}
