import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse/sync";
import type { RefusalReason } from "./ods-refusal.ts";
import type { Line } from "./split-lines.ts";

/** So many lines are given to the parser at once: one that it refuses makes it read these again. */
const atOnce = 200;
const quote = 0x22;
const byteOrderMark = "\uFEFF";

/**
 * The fields of each line, or why it has none, in their order. A record never spans lines here, as none of ODS's does: a quote
 * that is not closed spoils its own line and not the rest of the file.
 */
export function parseLines(lines: readonly Line[]): (readonly string[] | RefusalReason)[] {
  const answers: (readonly string[] | RefusalReason)[] = [];
  let texts: string[] = [];
  let places: number[] = [];
  const flush = (): void => {
    parseTexts(texts).forEach((fields, index) => (answers[places[index] as number] = fields));
    texts = [];
    places = [];
  };
  lines.forEach((line, index) => {
    const text = readText(line);
    const fields = isReason(text) ? text.reason : splitQuoted(text);
    if (fields !== null) answers[index] = fields;
    else if (!isReason(text)) {
      texts.push(text);
      places.push(index);
      if (texts.length === atOnce) flush();
    }
  });
  flush();
  return answers;
}

function readText({ number, bytes }: Line): string | { readonly reason: RefusalReason } {
  if (bytes === null) return { reason: "LINE_TOO_LONG" };
  if (bytes.includes(0)) return { reason: "NUL_BYTE" };
  if (!isUtf8(bytes)) return { reason: "NOT_UTF8" };
  const text = bytes.toString("utf8");
  return number === 1 && text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function isReason(text: string | { readonly reason: RefusalReason }): text is { readonly reason: RefusalReason } {
  return typeof text !== "string";
}

/** Halves what the parser refuses until the line is found that is to blame. */
function parseTexts(texts: readonly string[]): (readonly string[] | RefusalReason)[] {
  if (texts.length === 0) return [];
  const records = tryParsing(texts);
  // A line that ends within quotes takes the next one with it, so that there are fewer records than lines.
  if (records?.length === texts.length) return records;
  if (texts.length === 1) return texts[0] === "" ? [[""]] : ["BAD_QUOTING"];
  const middle = texts.length >> 1;
  return [...parseTexts(texts.slice(0, middle)), ...parseTexts(texts.slice(middle))];
}

function tryParsing(texts: readonly string[]): string[][] | null {
  try {
    return parse(texts.join("\n"), { delimiter: ",", record_delimiter: "\n", relax_column_count: true });
  } catch {
    return null;
  }
}

/**
 * The fields of a line as ODS writes nearly all: each in quotes, and no other quote anywhere; null for any other. Reading these
 * without the parser makes reading as fast as PostgreSQL is at taking the rows.
 */
function splitQuoted(text: string): string[] | null {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return null;
  const fields = text.slice(1, -1).split('","');
  return quotesIn(text) === fields.length * 2 ? fields : null;
}

function quotesIn(text: string): number {
  let quotes = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) === quote) quotes++;
  return quotes;
}
