import { type GraphContext, statement } from "@clic/subgraph-kit";
import { dayOf } from "../organisation-history/day.rules.ts";
import {
  organisationVersions,
  type OrganisationVersionRow,
} from "../organisation-history/organisation-version.entity.ts";
import { invalid } from "./operation-outcome.rules.ts";
import { fhirId } from "./organization.rules.ts";
import type { Condition, Search } from "./search-parameters.rules.ts";

/** How many texts of statements are prepared: callers vary them. */
const mostPrepared = 300;

export interface Found {
  readonly rows: readonly OrganisationVersionRow[];
  /** Absent where nobody wants it. */
  readonly total: number | undefined;
  readonly next: string | null;
  readonly previous: string | null;
}

/** A place between two organisations of a search: behind this one, or in front of it. */
interface Place {
  readonly name: string;
  readonly id: string;
  readonly backwards: boolean;
}

/** Finds the organisations of a search as they are today, by name; reads what the viewer may. */
export async function searchOrganizations(context: GraphContext, search: Search): Promise<Found> {
  const values: unknown[] = [dayOf(context.now)];
  const add = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const wanted = [
    "(e.from_day is null or e.from_day <= $1::date) and (e.to_day is null or e.to_day > $1::date)",
    ...search.conditions.map((condition) => conditionSql(condition, add)),
  ].join(" and ");
  const from = `from ${organisationVersions.table()} e where ${wanted}`;
  const total = search.withTotal
    ? read<{ total: number }>(context, `select count(*)::integer as total ${from}`, [...values])
    : undefined;
  if (search.onlyCount) return { rows: [], total: (await total)?.[0]?.total, next: null, previous: null };

  const place = search.cursor === null ? null : readPlace(search.cursor);
  const key = `e.name_folded, e.id`;
  const compare = place?.backwards ? "<" : ">";
  const beyond =
    place === null ? "" : ` and (${key}) ${compare} (${add(place.name, "text")}, ${add(place.id, "uuid")})`;
  const direction = place?.backwards ? " desc" : "";
  const page =
    `select ${organisationVersions.selection()} ${from}${beyond} ` +
    `order by e.name_folded${direction}, e.id${direction} limit ${add(search.count + 1, "int")}`;
  const [found, totals] = await Promise.all([read<OrganisationVersionRow>(context, page, values), total]);
  const more = found.length > search.count;
  const rows = found.slice(0, search.count);
  if (place?.backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  const [isMoreBehind, isMoreInFront] = place?.backwards ? [true, more] : [more, place !== null];
  return {
    rows,
    total: totals?.[0]?.total,
    next: last && isMoreBehind ? writePlace(last, false) : null,
    previous: first && isMoreInFront ? writePlace(first, true) : null,
  };
}

function read<Row>(context: GraphContext, text: string, values: readonly unknown[]): Promise<Row[]> {
  return context.reads.query<Row>(statement(text, { limit: mostPrepared, varied: true }), values);
}

function conditionSql(condition: Condition, add: (value: unknown, type: string) => string): string {
  if ("missing" in condition) return `e.${condition.column} is ${condition.missing ? "" : "not "}null`;
  switch (condition.column) {
    case "organisation_id":
    case "parent_id":
      return `e.${condition.column} = any(${add(condition.ids, "uuid[]")})`;
    case "ods_code":
      return codeSql("e.ods_code", condition, add);
    case "parent_code":
      return `exists (select from organisations.organisation p where p.id = e.parent_id and ${codeSql("p.ods_code", condition, add)})`;
    case "status":
      return `e.status = any(${add(condition.statuses, "text[]")})`;
    case "name":
      return nameSql(condition, add);
  }
}

function codeSql(
  column: string,
  { codes, any }: { readonly codes: readonly string[]; readonly any: boolean },
  add: (value: unknown, type: string) => string,
): string {
  return any ? `${column} is not null` : `${column} = any(${add(codes, "text[]")})`;
}

function nameSql(
  { how, texts }: Extract<Condition, { column: "name"; how: string }>,
  add: (value: unknown, type: string) => string,
): string {
  if (how === "exact") return `e.name = any(${add(texts, "text[]")})`;
  const patterns = texts.map((text) => text.replace(/[\\%_]/g, "\\$&"));
  const each = patterns.map((text) => add(how === "starts" ? `${text}%` : `%${text}%`, "text"));
  return `(${each.map((pattern) => `e.name_folded like ${pattern}`).join(" or ")})`;
}

function writePlace(row: OrganisationVersionRow, backwards: boolean): string {
  const place = [row.nameFolded, fhirId(row.id), backwards ? 1 : 0];
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function readPlace(cursor: string): Place {
  try {
    const [name, id, backwards] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    if (typeof name === "string" && !name.includes("\0") && typeof id === "string" && /^[0-9a-f-]{36}$/.test(id))
      return { name, id, backwards: backwards === 1 };
  } catch {
    // Said below.
  }
  throw invalid("_cursor is none that a link of this server has: follow links as they are.");
}
