import { SubgraphFailure } from "./subgraph-failure.ts";

/** Objects and lists within one another: more than any operation asks for, with a custom scalar's own in it. */
const MOST_LEVELS = 128;

const [QUOTE, COMMA, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from(
  '",[\\]{}',
) as unknown as [number, number, number, number, number, number, number];

/**
 * Looks at JSON as its bytes come, before anything parses it: the function throws once it has more values than `most`, or
 * too many levels. Parsing stops the process for as long as there are values, not bytes: 16 MB of empty objects take ten
 * times as long as 16 MB of rows. A body that has no more bytes than it may have values isn't looked at.
 */
export function createShapeCap(most: number): (bytes: Uint8Array) => void {
  let unseen: Uint8Array[] | undefined = [];
  let length = 0;
  let values = 1;
  let level = 0;
  let quoted = false;
  let escaped = false;

  function look(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (escaped) escaped = false;
      else if (quoted) {
        if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) quoted = false;
      } else if (byte === QUOTE) quoted = true;
      else if (byte === COMMA) values++;
      else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) level--;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        values++;
        if (++level > MOST_LEVELS)
          throw new SubgraphFailure("too large", `the answer has more than ${MOST_LEVELS} levels`);
      }
    }
    if (values > most) throw new SubgraphFailure("too large", `the answer has more than ${most} values`);
  }

  return (bytes) => {
    length += bytes.length;
    if (unseen === undefined) return look(bytes);
    unseen.push(bytes);
    if (length <= most) return;
    for (const each of unseen) look(each);
    unseen = undefined;
  };
}
