import { defineRows, idOf, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const AssessmentEntity = defineEntity({
  name: "SupportRequestAssessment",
  tableName: "support_request_assessment",
  schema: "organisations",
  properties: {
    id: p.type(idOf("SupportRequestAssessment")).primary(),
    supportRequestId: p.type(idOf("SupportRequest")),
    assessorId: p.type(idOf("Person")),
    criteriaSetId: p.type(idOf("CriteriaSet")),
    /** The weighted total of its scores, in points of 100. */
    total: p.double().$type<number>(),
    assessedAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>().default("USER"),
  },
});

export const ScoreEntity = defineEntity({
  name: "Score",
  tableName: "score",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Score")).primary(),
    assessmentId: p.type(idOf("SupportRequestAssessment")),
    criteriaSetId: p.type(idOf("CriteriaSet")),
    criterionId: p.type(idOf("Criterion")),
    value: p.double().$type<number>(),
    rationale: p.text(),
    scoredAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>().default("USER"),
  },
});

/** One a request, where its two assessments differ too much. */
export const ModerationEntity = defineEntity({
  name: "SupportRequestModeration",
  tableName: "support_request_moderation",
  schema: "organisations",
  properties: {
    supportRequestId: p.type(idOf("SupportRequest")).primary(),
    moderatorId: p.type(idOf("Person")),
    score: p.double().$type<number>(),
    rationale: p.text(),
    moderatedAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>().default("USER"),
  },
});

const sight = seenWith(["request:assess", "operations:read", "analysis:read"]);
export const assessments = defineRows(AssessmentEntity, { type: "SupportRequestAssessment", sight });
export const scores = defineRows(ScoreEntity, { type: "Score", sight });
export const moderations = defineRows(ModerationEntity, { sight });
export type AssessmentRow = Row<InferEntity<typeof AssessmentEntity>>;
export type ScoreRow = Row<InferEntity<typeof ScoreEntity>>;
export type ModerationRow = Row<InferEntity<typeof ModerationEntity>>;
