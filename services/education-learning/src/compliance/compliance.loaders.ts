import { decodeGlobalId } from "@clic/global-id";
import { type GraphContext, loaderOf, statement } from "@clic/subgraph-kit";
import { type Day, dueDays } from "../completion/completion.rules.ts";
import { courses } from "../course/course.entity.ts";
import type { ComplianceCounts } from "./compliance.rules.ts";

const complianceOf = statement(
  `select 'org_' || c.organisation_id as "organisationId", 'crs_' || c.course_id as "courseId", required, valid, due, expired, missing
  from education_learning.compliance_of($1::uuid[], $2::date, $3::integer) c
  join education_learning.course k on k.id = c.course_id order by k.code`,
);

/** Where an organisation's people stand on a day, by course; one statement for all organisations of a request. */
export function complianceOn(context: GraphContext, organisationId: string, day: Day): Promise<ComplianceCounts[]> {
  const loader = loaderOf(context, courses, `compliance ${day}`, async (ids: readonly string[]) => {
    const uuids = ids.map((id) => decodeGlobalId(id, "Organisation").uuid);
    const rows = await context.reads.query<ComplianceCounts>(complianceOf, [uuids, day, dueDays]);
    const found = Map.groupBy(rows, (row) => row.organisationId);
    return ids.map((id) => found.get(id) ?? []);
  });
  return loader.load(organisationId);
}
