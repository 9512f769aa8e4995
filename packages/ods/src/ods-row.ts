import type { RefusalReason } from "./ods-refusal.ts";

/** The columns of ODS's CSV files, from 1 on as its specification counts them; the others are null or not ours. */
const column = {
  code: 1,
  name: 2,
  address: [5, 6, 7, 8, 9],
  postcode: 10,
  opens: 11,
  closes: 12,
  status: 13,
  parent: 15,
  joins: 16,
  leaves: 17,
  telephone: 18,
  provider: 24,
  prescribingSetting: 26,
} as const;

export const odsColumns = 27;

export type OdsStatus = "ACTIVE" | "CLOSED" | "DORMANT" | "PROPOSED";

/** One organisation as a row of the file tells it. Days are ISO. */
export interface OdsRow {
  readonly line: number;
  readonly odsCode: string;
  readonly name: string;
  /** What the row or the report says it is; null where neither does. */
  readonly kind: string | null;
  readonly status: "PROPOSED" | "ACTIVE" | "INACTIVE";
  readonly odsStatus: OdsStatus;
  readonly parentCode: string | null;
  readonly parentFrom: string | null;
  readonly parentTo: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly addressLines: readonly string[] | null;
  readonly postcode: string | null;
  readonly telephone: string | null;
}

export interface OdsContext {
  /** The day whose state the file describes, ISO. */
  readonly asAt: string;
  /** The kind of rows that don't tell theirs. */
  readonly kind: string | null;
}

const statuses: Readonly<Record<string, OdsStatus>> = { A: "ACTIVE", C: "CLOSED", D: "DORMANT", P: "PROPOSED" };
const directoryStatus = { ACTIVE: "ACTIVE", CLOSED: "INACTIVE", DORMANT: "INACTIVE", PROPOSED: "PROPOSED" } as const;
const generalPractice = "4";
const longestText = 200;

/** Which kind the organisations of a report of ODS are, by its name; null where it has several. Practices tell it themselves. */
export function kindOfReport(report: string): string | null {
  const kinds: Readonly<Record<string, string>> = {
    eccg: "CCG",
    etr: "TRUST",
    ecare: "TRUST",
    ets: "UNIT",
    ephp: "PROVIDER",
  };
  return kinds[report.toLowerCase()] ?? null;
}

/** Makes a row of a line's fields, or says why it can't be one. Pure. */
export function readOdsRow(line: number, fields: readonly string[], context: OdsContext): OdsRow | RefusalReason {
  if (fields.length !== odsColumns) return "WRONG_COLUMNS";
  const at = (place: number): string | null => (fields[place - 1] as string).trim() || null;
  for (const place of [column.name, ...column.address, column.postcode, column.telephone])
    if (isBadText(fields[place - 1] as string)) return "BAD_TEXT";

  const odsCode = at(column.code);
  const setting = at(column.prescribingSetting);
  // Where other reports have a region, the one of prescribers has who provides them.
  const parentCode = at(column.parent) ?? (setting === null ? null : at(column.provider));
  if (odsCode === null || !isCode(odsCode) || (parentCode !== null && !isCode(parentCode))) return "BAD_CODE";
  const name = at(column.name);
  if (name === null) return "NO_NAME";
  if (parentCode === odsCode) return "PARENT_CYCLE";

  const validFrom = readDay(at(column.opens));
  const validTo = readDay(at(column.closes));
  const parentFrom = readDay(at(column.joins));
  const parentTo = readDay(at(column.leaves));
  if (validFrom === undefined || validTo === undefined || parentFrom === undefined || parentTo === undefined)
    return "BAD_DATE";
  if (validFrom !== null && validTo !== null && validTo < validFrom) return "CLOSES_BEFORE_OPENING";
  if (parentFrom !== null && parentTo !== null && parentTo < parentFrom) return "LEAVES_BEFORE_JOINING";

  const letter = at(column.status);
  const hasClosed = validTo !== null && validTo < context.asAt;
  // Many reports have no status: the dates are then all that is said.
  const odsStatus = letter === null ? (hasClosed ? "CLOSED" : "ACTIVE") : statuses[letter];
  if (odsStatus === undefined) return "UNKNOWN_STATUS";
  if (odsStatus === "CLOSED" ? validTo === null || validTo > context.asAt : hasClosed) return "STATUS_AGAINST_DATES";

  const address = column.address.flatMap((place) => at(place) ?? []);
  return {
    line,
    odsCode,
    name,
    kind: setting === null ? context.kind : setting === generalPractice ? "PRACTICE" : "PROVIDER",
    status: directoryStatus[odsStatus],
    odsStatus,
    parentCode,
    parentFrom: parentCode === null ? null : parentFrom,
    parentTo: parentCode === null ? null : parentTo,
    validFrom,
    validTo,
    addressLines: address.length === 0 ? null : address,
    postcode: at(column.postcode),
    telephone: at(column.telephone),
  };
}

/** The code of a line that is refused, as far as it can be told. */
export function codeOf(fields: readonly string[]): string | null {
  return fields[0]?.trim().slice(0, 20) || null;
}

function isCode(text: string): boolean {
  return /^[A-Z0-9]{3,10}$/.test(text);
}

function isBadText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.length > longestText || /[\u0000-\u001f\u007f]/.test(text);
}

/** The ISO day of YYYYMMDD; null for none, undefined for what is no day between 1800 and 2199. */
function readDay(text: string | null): string | null | undefined {
  if (text === null) return null;
  if (!/^(18|19|20|21)\d{6}$/.test(text)) return undefined;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const month = Number(text.slice(4, 6));
  const date = Number(text.slice(6));
  const last = month === 2 ? (isLeap(Number(text.slice(0, 4))) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && date >= 1 && date <= last ? day : undefined;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
