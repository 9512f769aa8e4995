import { defineList } from "@clic/subgraph-kit";
import { importRefusals, importRuns } from "./import-run.entity.ts";

const count = { filter: true, order: true, sum: true } as const;

export const importRunList = defineList({
  rows: importRuns,
  node: "ImportRun",
  fields: {
    fileName: { filter: true, order: true },
    fileSha256: { filter: true },
    asAt: { filter: true, order: true, group: true },
    phase: { filter: true, group: true, enum: "ImportPhase" },
    startedAt: { filter: true, order: true, group: true },
    startedBy: { filter: true, group: true },
    finishedAt: { filter: true, order: true, group: true },
    rowsRead: count,
    added: count,
    changed: count,
    unchanged: count,
    refused: count,
  },
  defaultOrder: [{ property: "startedAt", direction: "DESC" }],
});

export const importRefusalList = defineList({
  rows: importRefusals,
  node: "ImportRefusal",
  fields: {
    line: { filter: true, order: true },
    code: { filter: true, order: true },
    reason: { filter: true, order: true, group: true, enum: "ImportRefusalReason" },
  },
  defaultOrder: [{ property: "line", direction: "ASC" }],
});
