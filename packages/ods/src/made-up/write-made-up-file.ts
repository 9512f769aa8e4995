import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RefusalReason } from "../ods-refusal.ts";
import { madeUpOdsLines } from "./made-up-file.ts";

export interface MadeUpFile {
  readonly rows: number;
  /** How many rows are broken, by what is wrong with them. */
  readonly broken: Readonly<Partial<Record<RefusalReason, number>>>;
}

/** Writes a made-up file (see {@link madeUpOdsLines}) and tells what it wrote. */
export async function writeMadeUpOdsFile(
  path: string,
  options: Parameters<typeof madeUpOdsLines>[0],
): Promise<MadeUpFile> {
  const broken: Partial<Record<RefusalReason, number>> = {};
  let rows = 0;
  function* chunks(): Generator<Buffer> {
    let pending: Buffer[] = [];
    for (const line of madeUpOdsLines(options)) {
      rows++;
      if (line.broken !== null) broken[line.broken] = (broken[line.broken] ?? 0) + 1;
      pending.push(line.bytes);
      if (pending.length < 1000) continue;
      yield Buffer.concat(pending);
      pending = [];
    }
    yield Buffer.concat(pending);
  }
  await pipeline(Readable.from(chunks()), createWriteStream(path));
  return { rows, broken };
}
