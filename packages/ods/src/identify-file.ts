import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

export interface FileIdentity {
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** What a file is, whatever it is called and wherever it lies: reads all of it, and holds none of it. */
export async function identifyFile(path: string): Promise<FileIdentity> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}
