import { defineRows, idOf, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const AssessmentEntity = defineEntity({
  name: "SupportRequestAssessment",
  tableName: "support_request_assessment",
  schema: "organisations",
  properties: {
    id: p.uuid().primary(),
    supportRequestId: p.type(idOf("SupportRequest")),
    assessorId: p.type(idOf("Person")),
    score: p.double().$type<number>(),
    rationale: p.text(),
    assessedAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>().default("USER"),
  },
});

export const assessments = defineRows(AssessmentEntity, { sight: seenWith(["request:assess", "operations:read"]) });
export type AssessmentRow = Row<InferEntity<typeof AssessmentEntity>>;
