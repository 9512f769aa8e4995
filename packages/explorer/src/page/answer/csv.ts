import type { Table } from "./tables.ts";

/**
 * A table as CSV (RFC 4180), with a byte order mark so that spreadsheets read it as UTF-8. A text that a spreadsheet
 * would take for a formula gets an apostrophe in front: what somebody typed into a title must not run on another's machine.
 */
export function csvOf({ columns, rows }: Table): string {
  const lines = [
    columns,
    ...rows.map((row) => row.map(({ lines: cell, isNumber }) => (isNumber ? cell.join() : safe(cell.join("; "))))),
  ];
  return `\uFEFF${lines.map((line) => line.map(quote).join(",")).join("\r\n")}\r\n`;
}

function safe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
