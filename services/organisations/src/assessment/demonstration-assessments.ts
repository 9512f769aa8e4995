import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { demonstrationSetId } from "../criteria-set/demonstration-criteria.ts";
import {
  demonstrationAssessments,
  demonstrationModerations,
  demonstrationScores,
} from "../support-request/demonstration-requests.ts";
import { SupportRequestEntity } from "../support-request/support-request.entity.ts";
import { AssessmentEntity, ModerationEntity, ScoreEntity } from "./assessment.entity.ts";

/** The assessments of those made-up requests that are by the made-up criteria: earlier releases left others. */
export async function loadDemonstrationAssessments({ em }: UseCase): Promise<void> {
  const requests = await em.find(SupportRequestEntity, { criteriaSetId: demonstrationSetId }, { fields: ["id"] });
  const known = new Set(requests.map(({ id }) => id));
  const assessments = demonstrationAssessments().filter(({ supportRequestId }) => known.has(supportRequestId));
  const ids = new Set(assessments.map(({ id }) => id));
  await loadRows(em, AssessmentEntity, assessments);
  await loadRows(
    em,
    ScoreEntity,
    demonstrationScores().filter(({ assessmentId }) => ids.has(assessmentId)),
  );
  await loadRows(
    em,
    ModerationEntity,
    demonstrationModerations().filter(({ supportRequestId }) => known.has(supportRequestId)),
  );
}
