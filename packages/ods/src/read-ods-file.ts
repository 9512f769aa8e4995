import { createReadStream } from "node:fs";
import type { OdsRefusal } from "./ods-refusal.ts";
import { codeOf, type OdsContext, type OdsRow, readOdsRow } from "./ods-row.ts";
import { parseLines } from "./parse-lines.ts";
import { type Place, splitLines } from "./split-lines.ts";

/** Some lines of a file, each either a row or refused. */
export interface OdsBatch {
  readonly rows: readonly OdsRow[];
  readonly refused: readonly OdsRefusal[];
  /** Where the next batch begins: who keeps this can go on there. */
  readonly next: Place;
}

export const beginning: Place = { byte: 0, line: 1 };

interface Options extends OdsContext {
  readonly from?: Place;
  /** Lines of a batch. */
  readonly most: number;
}

/** Reads a file of ODS's 27 columns from a place on, a batch at a time; the file is never held whole. */
export function readOdsFile(path: string, options: Options): AsyncGenerator<OdsBatch> {
  const { from = beginning } = options;
  return readOdsRows(createReadStream(path, { start: from.byte, highWaterMark: 256 * 1024 }), options);
}

/** The same from a stream of bytes, which begins at `from`. */
export async function* readOdsRows(chunks: AsyncIterable<Buffer>, options: Options): AsyncGenerator<OdsBatch> {
  for await (const lines of splitLines(chunks, options.from ?? beginning, options.most)) {
    const rows: OdsRow[] = [];
    const refused: OdsRefusal[] = [];
    const parsed = parseLines(lines);
    for (const [index, { number: line }] of lines.entries()) {
      const fields = parsed[index] as (typeof parsed)[number];
      const row = typeof fields === "string" ? fields : readOdsRow(line, fields, options);
      if (typeof row === "string")
        refused.push({ line, code: typeof fields === "string" ? null : codeOf(fields), reason: row });
      else rows.push(row);
    }
    const last = lines.at(-1);
    if (last) yield { rows, refused, next: { byte: last.end, line: last.number + 1 } };
  }
}
