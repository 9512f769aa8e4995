export { kindOfReport, odsColumns, readOdsRow, type OdsContext, type OdsRow, type OdsStatus } from "./ods-row.ts";
export { refusalReasons, type OdsRefusal, type RefusalReason } from "./ods-refusal.ts";
export { beginning, readOdsFile, readOdsRows, type OdsBatch } from "./read-ods-file.ts";
export type { Place } from "./split-lines.ts";
export { identifyFile, type FileIdentity } from "./identify-file.ts";
export { writeRefusalReport } from "./write-refusal-report.ts";
export type { ImportCounts, ImportMessage, ImportPhase, ImportReport } from "./import-message.ts";
export { madeUpOdsLines, type MadeUpLine } from "./made-up/made-up-file.ts";
export { writeMadeUpOdsFile, type MadeUpFile } from "./made-up/write-made-up-file.ts";
