import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../course/course.entity.ts";

/** That somebody completed a course, on a day, in the version of then. Only ever added to, but for its revocation. */
export const CompletionEntity = defineEntity({
  name: "Completion",
  tableName: "completion",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("Completion")).primary(),
    personId: p.type(idOf("Person")),
    courseId: p.type(idOf("Course")),
    courseVersion: p.integer(),
    /** For whom they worked then; it stays when they move on. */
    organisationId: p.type(idOf("Organisation")).nullable(),
    completedOn: p.date(),
    expiresOn: p.date().nullable(),
    /** For how many months from `countedFrom` it is valid; null where the day was given, or it never expires. */
    validMonths: p.integer().nullable(),
    /** The expiry of the certificate that it renewed; null where it is counted from the completion. */
    countedFrom: p.date().nullable(),
    revokedOn: p.date().nullable(),
    revocationReason: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type CompletionRow = Row<InferEntity<typeof CompletionEntity>>;
export const completions = defineRows(CompletionEntity, {
  type: "Completion",
  sight: seenWith(["operations:read", "analysis:read"], (viewer) => [
    { property: "personId", is: viewer.scopes.has("record:self") ? viewer.personId : null },
    { property: "organisationId", is: ledBy(viewer) },
  ]),
});
