import { type GraphContext, statement } from "@clic/subgraph-kit";
import { dayOf } from "../organisation-history/day.rules.ts";
import {
  organisationVersions,
  type OrganisationVersionRow,
} from "../organisation-history/organisation-version.entity.ts";
import { invalid } from "./operation-outcome.rules.ts";
import { defaultCount, readCount } from "./search-parameters.rules.ts";
import { type Days, readDays } from "./search-values.rules.ts";

export interface HistoryAsked {
  readonly count: number;
  /** Versions that came to hold at this instant or later. */
  readonly since: string | null;
  /** Versions that held on some day of these. */
  readonly at: Days | null;
  /** Versions with a smaller number, as a link of an earlier page says. */
  readonly below: number | null;
  readonly used: readonly (readonly [string, string])[];
}

/** Reads the parameters of a history. Throws FhirProblem; names that are not known here are left out of `used`. Pure. */
export function readHistoryParameters(parameters: readonly (readonly [string, string])[]): HistoryAsked {
  let asked: HistoryAsked = { count: defaultCount, since: null, at: null, below: null, used: [] };
  for (const [name, value] of parameters) {
    const more = readParameter(name, value);
    if (more === null) continue;
    const used = name === "_cursor" ? asked.used : [...asked.used, [name, value] as const];
    asked = { ...asked, ...more, used };
  }
  return asked;
}

function readParameter(name: string, value: string): Partial<HistoryAsked> | null {
  switch (name) {
    case "_count":
      return { count: Math.max(1, readCount(value)) };
    case "_since": {
      const instant = new Date(value);
      if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(value) || Number.isNaN(instant.getTime()))
        throw invalid("_since is an instant, as in 2026-11-25T09:00:00Z.");
      return { since: instant.toISOString() };
    }
    case "_at":
      return { at: readDays(value) };
    case "_cursor":
      if (!/^\d{1,9}$/.test(value)) throw invalid("_cursor is none that a link of this server has.");
      return { below: Number(value) };
    default:
      return null;
  }
}

export interface History {
  readonly rows: readonly OrganisationVersionRow[];
  readonly total: number;
  readonly next: string | null;
}

/** An organisation's versions that have come to hold by now, the latest first. */
export async function readHistory(context: GraphContext, id: string, asked: HistoryAsked): Promise<History> {
  const values = [id, dayOf(context.now), asked.since, asked.at?.from ?? null, asked.at?.to ?? null];
  const from =
    `from ${organisationVersions.table()} e where e.organisation_id = $1::uuid and (e.from_day is null or e.from_day <= $2::date) ` +
    `and ($3::timestamptz is null or greatest(e.recorded_at, e.from_day::timestamp at time zone 'UTC') >= $3::timestamptz) ` +
    `and ($4::date is null or ((e.to_day is null or (e.to_day > $4::date and e.to_day > coalesce(e.from_day, '-infinity'))) ` +
    `and (e.from_day is null or e.from_day <= $5::date)))`;
  const [rows, totals] = await Promise.all([
    context.reads.query<OrganisationVersionRow>(
      statement(
        `select ${organisationVersions.selection()} ${from} and ($6::int is null or e.number < $6::int) order by e.number desc limit $7::int`,
      ),
      [...values, asked.below, asked.count + 1],
    ),
    context.reads.query<{ total: number }>(statement(`select count(*)::integer as total ${from}`), values),
  ]);
  const page = rows.slice(0, asked.count);
  return {
    rows: page,
    total: totals[0]?.total ?? 0,
    next: rows.length > asked.count ? String(page.at(-1)?.number) : null,
  };
}

/** One version by its number, null where there is none or its day has not come. */
export async function readVersion(
  context: GraphContext,
  id: string,
  number: number,
): Promise<OrganisationVersionRow | null> {
  const rows = await context.reads.query<OrganisationVersionRow>(
    statement(
      `select ${organisationVersions.selection()} from ${organisationVersions.table()} e
        where e.organisation_id = $1::uuid and e.number = $2::int and (e.from_day is null or e.from_day <= $3::date)`,
    ),
    [id, number, dayOf(context.now)],
  );
  return rows[0] ?? null;
}
