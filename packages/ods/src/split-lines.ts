/** One line of a file, without what ends it. */
export interface Line {
  /** From 1 on. */
  readonly number: number;
  /** Null where it is longer than {@link longestLine}. */
  readonly bytes: Buffer | null;
  /** Where the next line begins in the file. */
  readonly end: number;
}

export const longestLine = 8192;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** Where in a file, always at the beginning of a line. */
export interface Place {
  readonly byte: number;
  readonly line: number;
}

/**
 * The lines of a stream of bytes, up to `most` at a time, from the given place of the file on. LF and CRLF end a line. Never
 * holds more than a chunk of the stream and one line, however long a line is.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  from: Place,
  most: number,
): AsyncGenerator<readonly Line[]> {
  let { byte, line } = from;
  let rest: Buffer[] = [];
  let held = 0;
  let batch: Line[] = [];

  const take = (last: Buffer, ending: number): void => {
    held += last.length;
    byte += held + ending;
    const bytes = held > longestLine ? null : rest.length === 0 ? last : Buffer.concat([...rest, last]);
    batch.push({ number: line++, bytes: bytes === null ? null : withoutReturn(bytes), end: byte });
    rest = [];
    held = 0;
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end), 1);
      start = end + 1;
      if (batch.length === most) {
        yield batch;
        batch = [];
      }
    }
    if (start === chunk.length) continue;
    const tail = chunk.subarray(start);
    // Of a line that is too long already nothing needs to be kept but its length.
    if (held <= longestLine) rest.push(Buffer.from(tail));
    held += tail.length;
  }
  if (held > 0) take(Buffer.alloc(0), 0);
  if (batch.length > 0) yield batch;
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
}
