import { draw, drawOf, drawPerCent } from "@clic/seed-data";
import { odsColumns } from "../ods-row.ts";
import type { RefusalReason } from "../ods-refusal.ts";

/** One line of a made-up file. */
export interface MadeUpLine {
  readonly bytes: Buffer;
  /** What is wrong with it, on purpose; null where nothing is. */
  readonly broken: RefusalReason | null;
}

interface Options {
  readonly rows: number;
  /** A later one has other names here and there, and more that has closed; 1 when absent. */
  readonly edition?: number;
  /** How many of a hundred rows are broken; 3 when absent. */
  readonly brokenPerCent?: number;
}

/** Rows come in blocks: the first is a commissioner, or of every hundredth block a region; the others are practices. */
const block = 100;
const region = block * 100;
const statuses = ["A", "A", "A", "A", "A", "A", "A", "C", "C", "D", "P"] as const;
const towns = ["CARLISLE", "KENDAL", "BARROW-IN-FURNESS", "PENRITH", "WHITEHAVEN", "WORKINGTON"];

type Fields = Record<number, string>;
type Breaking = (fields: Fields, number: number) => void;

/** How a row is broken before it is written; the rest is broken in its bytes. */
const fieldBreakings: Partial<Record<RefusalReason, Breaking>> = {
  BAD_TEXT: (fields) => (fields[2] = "TAB\tBED"),
  BAD_CODE: (fields) => (fields[1] = (fields[1] as string).toLowerCase()),
  NO_NAME: (fields) => (fields[2] = " "),
  BAD_DATE: (fields, number) => (fields[11] = drawOf(21, number, ["20230230", "2020-04-01", "19001301", "00000000"])),
  CLOSES_BEFORE_OPENING: (fields) => Object.assign(fields, { 11: "20100401", 12: "20100331", 13: "C" }),
  LEAVES_BEFORE_JOINING: (fields) => Object.assign(fields, { 16: "20130401", 17: "20130331" }),
  UNKNOWN_STATUS: (fields, number) => (fields[13] = drawOf(22, number, ["B", "X", "a", "AC"])),
  STATUS_AGAINST_DATES: (fields) => Object.assign(fields, { 12: "", 13: "C" }),
  DUPLICATE_CODE: (fields, number) => Object.assign(fields, { 1: codeOf(number - (number % block)), 15: "", 24: "" }),
  UNKNOWN_PARENT: (fields) => (fields[15] = "ZNOWHERE"),
};
const byteBreakings: Partial<Record<RefusalReason, (line: string) => Buffer>> = {
  LINE_TOO_LONG: (line) => Buffer.from(line.padEnd(20_000, "X")),
  NUL_BYTE: (line) => Buffer.from(line.replace("PRACTICE", "PRAC\0TICE")),
  NOT_UTF8: (line) => Buffer.from(line.replace("PRACTICE", "CAFÉ"), "latin1"),
  BAD_QUOTING: (line) =>
    Buffer.from(line.length % 2 === 0 ? line.replace('","', '",') : line.replace("PRACTICE", '"PRAC"TICE')),
  WRONG_COLUMNS: (line) => Buffer.from(line.length % 2 === 0 ? `${line},""` : line.slice(0, line.lastIndexOf(","))),
};
const breakings = [...Object.keys(fieldBreakings), ...Object.keys(byteBreakings)].sort() as RefusalReason[];

/**
 * A made-up file of ODS's 27 columns, line by line, the same on every run: every status, every way to be broken, parents
 * that come later in the file, with a byte order mark and CRLF. Its codes have the form of real ones, so that the import takes them:
 * never import it where real organisations are.
 */
export function* madeUpOdsLines({ rows, edition = 1, brokenPerCent = 3 }: Options): Generator<MadeUpLine> {
  for (let number = 0; number < rows; number++) {
    const broken = breakingOf(number, rows, brokenPerCent);
    const fields = fieldsOf(number, rows, edition);
    if (broken === "PARENT_CYCLE") {
      // Three in a row, round and round.
      const place = number % block;
      fields[15] = codeOf(place === 53 ? number - 2 : number + 1);
    } else if (broken !== null) fieldBreakings[broken]?.(fields, number);
    const values = Array.from(
      { length: odsColumns },
      (_, index) => `"${(fields[index + 1] ?? "").replaceAll('"', '""')}"`,
    );
    const line = values.join(",");
    const bytes = (broken === null ? undefined : byteBreakings[broken])?.(line) ?? Buffer.from(line);
    const mark = number === 0 ? Buffer.from("\uFEFF") : Buffer.alloc(0);
    yield { bytes: Buffer.concat([mark, bytes, Buffer.from("\r\n")]), broken };
  }
}

function breakingOf(number: number, rows: number, perCent: number): RefusalReason | null {
  const place = number % block;
  if (perCent === 0 || place === 0) return null;
  const whole = number - place + 53 < rows;
  if (whole && drawPerCent(23, number - place, 20) && place >= 51 && place <= 53) return "PARENT_CYCLE";
  return draw(24, number, 1000) < perCent * 10 ? drawOf(25, number, breakings) : null;
}

function fieldsOf(number: number, rows: number, edition: number): Fields {
  const isRegion = number % region === 0;
  const isCommissioner = number % block === 0;
  const status = isCommissioner ? "A" : drawOf(11, number, statuses);
  const opened = 1974 + draw(12, number, 36);
  const closes = status === "C" || (edition > 1 && status === "A" && !isCommissioner && drawPerCent(13, number, 1));
  const words = isRegion ? "REGION" : isCommissioner ? "COMMISSIONING GROUP" : "PRACTICE";
  const renamed = edition > 1 && drawPerCent(14, number, 2) ? ` (${edition})` : "";
  const fields: Fields = {
    1: codeOf(number),
    2: `DEMONSTRATION ${words} ${number}${renamed}${drawPerCent(15, number, 1) ? ', THE "OLD" SURGERY' : ""}`,
    3: "Y63",
    4: "QHM",
    5: `${1 + draw(16, number, 200)} DEMONSTRATION STREET`,
    8: drawOf(17, number, towns),
    9: "CUMBRIA",
    10: `ZZ${1 + draw(18, number, 99)} ${draw(19, number, 9)}ZZ`,
    11: status === "P" ? "21000401" : `${opened}0401`,
    12: closes ? `${opened + 1 + draw(20, number, 10)}0331` : "",
    13: closes ? "C" : status,
    18: `01632 ${String(960_000 + draw(26, number, 1000))}`,
    22: "0",
  };
  if (isRegion) return fields;
  if (isCommissioner) return { ...fields, 15: codeOf(number - (number % region)), 16: `${opened}0401` };
  const blocks = Math.ceil(rows / block);
  const parent = codeOf(draw(27, number, blocks) * block);
  const joined = closes || status === "P" ? "" : `${opened + draw(28, number, 5)}0401`;
  return { ...fields, 14: "B", 15: parent, 16: joined, 24: parent, 26: drawPerCent(29, number, 80) ? "4" : "1" };
}

/** No code of ODS has eight characters with a Z before seven digits. */
function codeOf(number: number): string {
  return `Z${String(number).padStart(7, "0")}`;
}
