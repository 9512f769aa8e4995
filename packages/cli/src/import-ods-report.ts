import { type ImportMessage, type ImportReport, refusalReasons } from "@clic/ods";

const count = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const seconds = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const doing = { READING: "Reading", CHECKING: "Checking", APPLYING: "Bringing in" } as const;

/** How far an import is, as one line for a person; `step` changes with every tenth part. */
export function describeImportProgress({
  phase,
  rows,
  part,
}: Omit<Extract<ImportMessage, { type: "progress" }>, "type">): { text: string; step: string } {
  const text =
    phase === "CHECKING"
      ? "Checking the rows against each other and the directory"
      : `${doing[phase]}: ${count.format(rows)} rows, ${Math.floor(part * 100)} %`;
  return { text, step: `${phase} ${Math.floor(part * 10)}` };
}

/** What became of every row, how fast, and where the refused ones are. */
export function describeImport(report: ImportReport, refused: string): string {
  const lines: (readonly [number, string])[] = [
    [report.added, "added"],
    [report.changed, "changed"],
    [report.unchanged, "unchanged"],
    [report.refused, "refused"],
  ];
  const reasons = report.reasons.map(({ reason, rows }) => `  ${right(rows)} ${reason}: ${refusalReasons[reason]}`);
  return [
    "",
    `${count.format(report.read)} rows read:`,
    ...lines.map(([rows, what]) => `${right(rows)} ${what}`),
    ...reasons,
    ...(report.continued ? ["This went on where an earlier import was stopped."] : []),
    ...(report.earlierRuns > 0 ? ["The same file was imported before, as at the same day."] : []),
    ...(report.refused > 0 ? [`The refused rows, by line: ${refused}`] : []),
    `${count.format(report.rows)} rows in ${seconds.format(report.seconds)} s: ${count.format(report.rows / report.seconds)} rows/s; ${report.peakMegabytes} MB. ${report.runId}`,
    "",
  ].join("\n");
}

function right(rows: number): string {
  return count.format(rows).padStart(10);
}
