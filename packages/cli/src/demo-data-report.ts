import type { ServiceReport } from "@clic/demo-data";
import type { BulkProgress } from "@clic/subgraph-kit";

const count = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const seconds = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** How far a table is, as one line for a person. */
export function describeProgress({ table, rows, about, placed }: BulkProgress): string {
  if (placed) return `${table}: ${count.format(rows)} rows`;
  // Counts are about right, and more than the whole would look wrong.
  const part = about === 0 ? 1 : Math.min(rows / about, 1);
  return `${table}: ${count.format(rows)} rows sent, ${Math.floor(part * 100)} %`;
}

/** What was loaded, a line a table, and how fast: rows over the time of the slowest service, which all the others ran beside. */
export function describeLoad(scale: string, reports: readonly ServiceReport[], total: number): string {
  const tables = reports.flatMap(({ service, tables }) => tables.map((table) => ({ service, ...table })));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const slowest = Math.max(...reports.map((report) => report.seconds));
  const lines = tables.map(
    (table) =>
      `  ${table.service.padEnd(18)} ${table.table.padEnd(28)} ${right(count.format(table.rows), 12)} rows ${right(seconds.format(table.seconds), 8)} s ${right(count.format(table.rows / table.seconds), 10)} rows/s`,
  );
  const memory = Math.max(...reports.map((report) => report.peakMegabytes));
  return [
    "",
    ...lines,
    "",
    `${count.format(rows)} rows of scale ${scale} in ${seconds.format(slowest)} s: ${count.format(rows / slowest)} rows/s. ${seconds.format(total)} s with starting and migrating; ${memory} MB at most in a process.`,
    "",
  ].join("\n");
}

function right(text: string, width: number): string {
  return text.padStart(width);
}
