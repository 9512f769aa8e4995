import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../rpiw/rpiw.rules.ts";
import type { FacultyLevel } from "./faculty.rules.ts";

/** Somebody's way into the faculty. Where it stands follows from its days: see `facultyStatus`. */
export const FacultyMembershipEntity = defineEntity({
  name: "FacultyMembership",
  tableName: "faculty_membership",
  schema: "production_system",
  properties: {
    id: p.type(idOf("FacultyMembership")).primary(),
    personId: p.type(idOf("Person")),
    /** For whom they worked when they were nominated. */
    organisationId: p.type(idOf("Organisation")).nullable(),
    level: p.text().$type<FacultyLevel>(),
    coachId: p.type(idOf("Person")).nullable(),
    nominatedOn: p.date(),
    /** As many as the level asked for when they were nominated. */
    sessionsNeeded: p.integer(),
    // From here to `projectsReviewed` the database alone writes; see the migration.
    trainedFrom: p.date().nullable(),
    sessionsTaught: p.integer().default(0),
    lastTaughtOn: p.date().nullable(),
    projectsReviewed: p.integer().default(0),
    accreditedOn: p.date().nullable(),
    renewedOn: p.date().nullable(),
    accreditedUntil: p.date().nullable(),
    leftOn: p.date().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type FacultyMembership = InferEntity<typeof FacultyMembershipEntity>;
export type FacultyMembershipRow = Row<FacultyMembership>;
export const facultyMemberships = defineRows(FacultyMembershipEntity, {
  type: "FacultyMembership",
  sight: seenWith(["operations:read", "analysis:read"], (viewer) => [
    { property: "personId", is: viewer.scopes.has("record:self") ? viewer.personId : null },
    { property: "coachId", is: viewer.personId },
    { property: "organisationId", is: ledBy(viewer) },
  ]),
});
