import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const tailBytes = 16_384;

/**
 * The line of a log, from `offset` on, that tells most about why its process ended: the last error, as a thrown one's
 * first line or as a JSON log record of level 50 or more; else the last line. Empty when nothing was printed.
 */
export function lastWords(logFile: string, offset: number): string {
  const lines = tail(logFile, offset).trimEnd().split("\n");
  const telling = lines.findLast(
    (line) => /^(?:Uncaught )?(?:\w*Error|\w*Refused)\b.*/.test(line) || isErrorRecord(line),
  );
  return readable(telling ?? lines.at(-1) ?? "").slice(0, 300);
}

function tail(logFile: string, offset: number): string {
  let file: number;
  try {
    file = openSync(logFile, "r");
  } catch {
    return "";
  }
  try {
    const { size } = fstatSync(file);
    const from = Math.max(offset, size - tailBytes);
    const buffer = Buffer.alloc(Math.max(0, size - from));
    readSync(file, buffer, 0, buffer.length, from);
    return buffer.toString("utf8");
  } finally {
    closeSync(file);
  }
}

function parseRecord(line: string): { level?: number; msg?: string; err?: { message?: string } } | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
  } catch {
    return null;
  }
}

function isErrorRecord(line: string): boolean {
  return (parseRecord(line)?.level ?? 0) >= 50;
}

function readable(line: string): string {
  const record = parseRecord(line);
  return record === null ? line.trim() : [record.msg, record.err?.message].filter(Boolean).join(": ");
}
