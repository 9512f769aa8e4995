import { decodeGlobalId } from "@clic/global-id";
import { type GraphContext, loaderOf, statement } from "@clic/subgraph-kit";
import { organisationVersions, type OrganisationVersionRow } from "./organisation-version.entity.ts";

/** The condition of a list on versions that hold on a day; null is the beginning of all. */
export function heldOn(day: string): object {
  const begun = [{ fromDay: { isNull: true } }, { fromDay: { lte: day } }];
  return { and: [{ or: begun }, { or: [{ toDay: { isNull: true } }, { toDay: { gt: day } }] }] };
}

/** The version of an organisation that holds on a day, null for the beginning of all; one statement for all organisations of a day. */
export function versionOn(
  context: GraphContext,
  organisationId: string,
  day: string | null,
): Promise<OrganisationVersionRow | null> {
  return loaderOf<string, OrganisationVersionRow | null>(context, organisationVersions, `on:${day}`, async (ids) => {
    const text =
      `select ${organisationVersions.selection()} from ${organisationVersions.table()} e where e.organisation_id = any($1::uuid[]) ` +
      `and (e.from_day is null or e.from_day <= $2::date) and (e.to_day is null or e.to_day > $2::date)`;
    const uuids = ids.map((id) => decodeGlobalId(id, "Organisation").uuid);
    const rows = await context.reads.query<OrganisationVersionRow>(statement(text), [uuids, day ?? "-infinity"]);
    const found = new Map(rows.map((row) => [row.organisationId, row]));
    return ids.map((id) => {
      const row = found.get(id);
      return row === undefined ? null : day === null ? row : { ...row, asOf: day };
    });
  }).load(organisationId);
}
