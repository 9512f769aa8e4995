import { invalid } from "./operation-outcome.rules.ts";

/** Splits a value at what separates alternatives, where it is not escaped; what is escaped stays so. */
export function splitAt(value: string, separator: "," | "|"): string[] {
  const parts: string[] = [""];
  for (let at = 0; at < value.length; at++) {
    const character = value[at] as string;
    if (character === "\\" && at + 1 < value.length) parts[parts.length - 1] += character + (value[++at] as string);
    else if (character === separator) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** Takes the escapes out: `\,` `\|` `\$` `\\`. */
export function unescape(value: string): string {
  return value.replace(/\\([,|$\\])/g, "$1");
}

/** As PostgreSQL folds the names that these are compared with: without case and without accents. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}

/** A token: its system ("" where it says that there is none, null where it says nothing) and its value ("" for any). */
export function readToken(value: string): { readonly system: string | null; readonly code: string } {
  const parts = splitAt(value, "|").map(unescape);
  if (parts.length > 2) throw invalid("A token has one bar at most: system|value.");
  const [first = "", second] = parts;
  return second === undefined ? { system: null, code: first } : { system: first, code: second };
}

export interface Days {
  /** The first day. */
  readonly from: string;
  /** The last one. */
  readonly to: string;
}

/** The days of a date, dateTime or instant of FHIR, of which a year or a month has many. */
export function readDays(text: string): Days {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/.exec(
    text,
  );
  if (found === null) throw invalid("A date is written as 2026, 2026-11, 2026-11-25 or an instant with its time zone.");
  const [, year = "", month, day, time] = found;
  if (time !== undefined) {
    const utc = dayAt(text);
    return { from: utc, to: utc };
  }
  if (day !== undefined) return { from: dayAt(text), to: dayAt(text) };
  if (month !== undefined) {
    const first = dayAt(`${year}-${month}-01`);
    return { from: first, to: new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10) };
  }
  return { from: dayAt(`${year}-01-01`), to: `${year}-12-31` };
}

function dayAt(text: string): string {
  const date = new Date(text);
  const day = Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
  // The 30th of February becomes a day of March elsewhere.
  if (day === "" || (!text.includes("T") && day !== text)) throw invalid(`${text} is no day of the calendar.`);
  return day;
}
