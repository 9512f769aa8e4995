import { badInput } from "../errors/coded-error.ts";
import { columnType, filterScalar } from "../list/filter-kind.ts";
import type { AnyList } from "../list/list-definition.ts";
import type { Parameters } from "../list/parameters.ts";
import { isTime } from "./measure.ts";

/** The sizes of buckets, and the unit of PostgreSQL's date_trunc: weeks begin on Monday (ISO 8601). */
const units = { HOUR: "hour", DAY: "day", WEEK: "week", MONTH: "month", QUARTER: "quarter", YEAR: "year" } as const;
export type TimeBucket = keyof typeof units;

/** Where the collaborative's days begin. */
export const defaultZone = "Europe/London";

/**
 * The first moment of the bucket that a row falls into, in SQL; the plain value without a bucket. Days and longer begin
 * at midnight of the zone, through changes of its clocks. Throws BAD_USER_INPUT for a bucket or zone that doesn't fit.
 */
export function bucketSql(
  list: AnyList,
  property: string,
  { bucket, timeZone }: { bucket?: TimeBucket | null | undefined; timeZone?: string | null | undefined },
  params: Parameters,
): string {
  const column = `e."${list.rows.column(property)}"`;
  if (bucket == null) {
    if (timeZone != null) throw badInput("A timeZone goes with a bucket.");
    return column;
  }
  if (!isTime(list, property)) throw badInput(`${property} is no date or time, so it has no bucket.`);
  if (filterScalar(list.rows.property(property)) === "DateTime")
    return `date_trunc('${units[bucket]}', ${column}, ${params.add(zone(timeZone ?? defaultZone), "text")})`;
  if (timeZone != null) throw badInput(`${property} is a date, the same in every time zone. Leave timeZone out.`);
  if (bucket === "HOUR") throw badInput(`${property} is a date and has no hours.`);
  return `date_trunc('${units[bucket]}', ${column}::timestamp)::${columnType(list.rows.property(property))}`;
}

/** PostgreSQL reads `+01:00` the other way round and takes abbreviations for fixed offsets: only names of the IANA pass. */
function zone(name: string): string {
  try {
    if (/^[+-]/.test(name)) throw new RangeError("an offset");
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw badInput(`The timeZone ${JSON.stringify(name.slice(0, 64))} is unknown. Name one like Europe/London.`);
  }
}
