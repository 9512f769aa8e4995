import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../rpiw/rpiw.rules.ts";
import type { TeachingKind } from "./teaching.rules.ts";

/** One piece of evidence towards accreditation or renewal. Only ever added to. */
export const TeachingRecordEntity = defineEntity({
  name: "TeachingRecord",
  tableName: "teaching_record",
  schema: "production_system",
  properties: {
    id: p.type(idOf("TeachingRecord")).primary(),
    membershipId: p.type(idOf("FacultyMembership")),
    kind: p.text().$type<TeachingKind>(),
    tookPlaceOn: p.date(),
    eventId: p.type(idOf("Event")).nullable(),
    rpiwId: p.type(idOf("Rpiw")).nullable(),
    recordedById: p.type(idOf("Person")).nullable(),
    source: p.text().$type<Source>(),
  },
});

export type TeachingRecordRow = Row<InferEntity<typeof TeachingRecordEntity>>;
function ofMembershipsWhere(column: "person_id" | "coach_id" | "organisation_id"): string {
  return `e."membership_id" = any(array(select m.id from production_system.faculty_membership m where m.${column} = $))`;
}

export const teachingRecords = defineRows(TeachingRecordEntity, {
  type: "TeachingRecord",
  sight: seenWith(["operations:read", "analysis:read"], (viewer) => [
    { sql: ofMembershipsWhere("person_id"), is: viewer.scopes.has("record:self") ? viewer.personId : null },
    { sql: ofMembershipsWhere("coach_id"), is: viewer.personId },
    { sql: ofMembershipsWhere("organisation_id"), is: ledBy(viewer) },
  ]),
});
