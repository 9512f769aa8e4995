import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../programme/programme.entity.ts";
import type { EnrolmentStatus } from "./enrolment.rules.ts";

/** A person's way through a cohort, from application to completion. */
export const EnrolmentEntity = defineEntity({
  name: "Enrolment",
  tableName: "enrolment",
  schema: "leadership",
  properties: {
    id: p.type(idOf("Enrolment")).primary(),
    cohortId: p.type(idOf("Cohort")),
    personId: p.type(idOf("Person")),
    organisationId: p.type(idOf("Organisation")).nullable(),
    status: p.text().$type<EnrolmentStatus>(),
    appliedAt: p.datetime().columnType("timestamptz(3)"),
    sessionsHeld: p.integer().default(0),
    sessionsAttended: p.integer().default(0),
    source: p.text().$type<Source>(),
  },
});

export type EnrolmentRow = Row<InferEntity<typeof EnrolmentEntity>>;
export const enrolments = defineRows(EnrolmentEntity, {
  type: "Enrolment",
  sight: seenWith(["operations:read", "analysis:read"], (viewer) => [
    { property: "personId", is: viewer.personId },
    { property: "organisationId", is: ledBy(viewer) },
  ]),
});
