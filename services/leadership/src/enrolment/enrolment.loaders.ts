import { decodeGlobalId } from "@clic/global-id";
import { type GraphContext, loaderOf, statement } from "@clic/subgraph-kit";
import { enrolments } from "./enrolment.entity.ts";
import { takingPart } from "./enrolment.rules.ts";

const leadersOf = statement(
  `select 'org_' || organisation_id as id, count(distinct person_id)::integer as people from leadership.enrolment
  where organisation_id = any($1::uuid[]) and status = any($2::text[]) group by organisation_id`,
);

/** How many of an organisation's people take part in a cohort, or did; one statement for all organisations of a request. */
export function leadersEnrolled(context: GraphContext, organisationId: string): Promise<number> {
  const loader = loaderOf(context, enrolments, "leaders", async (ids: readonly string[]) => {
    const uuids = ids.map((id) => decodeGlobalId(id, "Organisation").uuid);
    const rows = await context.reads.query<{ id: string; people: number }>(leadersOf, [uuids, takingPart]);
    const found = new Map(rows.map((row) => [row.id, row.people]));
    return ids.map((id) => found.get(id) ?? 0);
  });
  return loader.load(organisationId);
}
