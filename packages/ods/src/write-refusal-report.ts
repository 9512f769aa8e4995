import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify";
import { type OdsRefusal, refusalReasons } from "./ods-refusal.ts";

/**
 * Writes the refused rows as CSV: line, code, reason, and the reason in words. The file is there whole or, when this rejects, as it was.
 * What a refused code says comes from anywhere, so that a spreadsheet is kept from taking it for a formula.
 */
export async function writeRefusalReport(path: string, refusals: AsyncIterable<OdsRefusal>): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await pipeline(
      Readable.from(refusals),
      async function* (each: AsyncIterable<OdsRefusal>) {
        for await (const { line, code, reason } of each) yield [line, code ?? "", reason, refusalReasons[reason]];
      },
      stringify({ header: true, columns: ["line", "code", "reason", "message"], escape_formulas: true }),
      createWriteStream(unfinished),
    );
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
