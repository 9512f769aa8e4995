import type { ImportPhase, RefusalReason } from "@clic/ods";
import { defineRows, idOf, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";

/** Written by the import alone, as the owner of the schema. */
export const ImportRunEntity = defineEntity({
  name: "ImportRun",
  tableName: "import_run",
  schema: "organisations",
  properties: {
    id: p.type(idOf("ImportRun")).primary(),
    fileName: p.text(),
    fileSha256: p.text(),
    fileBytes: p.bigint("number"),
    asAt: p.date(),
    phase: p.text().$type<ImportPhase | "FINISHED">(),
    startedAt: p.datetime().columnType("timestamptz(3)"),
    startedBy: p.text(),
    continued: p.integer(),
    finishedAt: p.datetime().columnType("timestamptz(3)").nullable(),
    rowsRead: p.integer(),
    added: p.integer(),
    changed: p.integer(),
    unchanged: p.integer(),
    refused: p.integer(),
  },
});

export const ImportRefusalEntity = defineEntity({
  name: "ImportRefusal",
  tableName: "import_refusal",
  schema: "organisations",
  properties: {
    id: p.type(idOf("ImportRefusal")).primary(),
    runId: p.type(idOf("ImportRun")),
    line: p.integer(),
    code: p.text().nullable(),
    reason: p.text().$type<RefusalReason>(),
    message: p.text(),
  },
});

const sight = seenWith(["operations:write"]);
export const importRuns = defineRows(ImportRunEntity, { type: "ImportRun", sight });
export const importRefusals = defineRows(ImportRefusalEntity, { type: "ImportRefusal", sight });
export type ImportRunRow = Row<InferEntity<typeof ImportRunEntity>>;
export type ImportRefusalRow = Row<InferEntity<typeof ImportRefusalEntity>>;
