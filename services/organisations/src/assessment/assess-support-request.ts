import { newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { CriteriaSetEntity, CriterionEntity } from "../criteria-set/criteria-set.entity.ts";
import { lockSupportRequest, refusalByStatus } from "../support-request/lock-support-request.ts";
import type { SupportRequest } from "../support-request/support-request.entity.ts";
import { AssessmentEntity, ScoreEntity } from "./assessment.entity.ts";
import { assessmentRefusals } from "./assessment.refusals.ts";
import { type GivenScore, isSameAssessment, outcomeOf, problemWithScores, totalOf } from "./assessment.rules.ts";
import { assessorOf, refusalOfOwn } from "./may-assess.ts";
import { refusalUnmoderated } from "./moderate-support-request.ts";

export interface AssessSupportRequestInput {
  readonly supportRequestId: string;
  readonly scores: readonly GivenScore[];
}

/**
 * Keeps the viewer's scores, one for each criterion, and their weighted total. The first assessment settles by which
 * version of the criteria a request is assessed; the second makes it ASSESSED, or a case for a moderator. The same
 * scores sent again change nothing.
 */
export async function assessSupportRequest(
  useCase: UseCase,
  input: AssessSupportRequestInput,
): Promise<{ id: string } | Refusal> {
  const { em, now } = useCase;
  const assessorId = assessorOf(useCase);
  if (typeof assessorId !== "string") return assessorId;
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  const own = await refusalOfOwn(useCase, request, assessorId);
  if (own !== null) return own;
  const given = await em.find(AssessmentEntity, { supportRequestId: request.id });
  const before = given.find((one) => one.assessorId === assessorId);
  if (before !== undefined) {
    const scores = await em.find(ScoreEntity, { assessmentId: before.id });
    return isSameAssessment(scores, input.scores)
      ? { id: request.id }
      : assessmentRefusals.ALREADY_ASSESSED("You have assessed this request already.");
  }
  const refusal = (await refusalUnmoderated(useCase, request)) ?? refusalByStatus(request, "assess");
  if (refusal !== null) return refusal;
  const set = await criteriaOf(useCase, request);
  if (isRefusal(set)) return set;
  const criteria = await em.find(CriterionEntity, { criteriaSetId: set.id }, { orderBy: { place: "ASC" } });
  const known = new Set(criteria.map(({ id }) => id));
  if (input.scores.some(({ criterionId }) => !known.has(criterionId)))
    return assessmentRefusals.CRITERIA_MISMATCH(
      `This request is assessed by version ${set.version} of the criteria. Read it, and score by it.`,
      { criteriaSetId: set.id },
    );
  const problem = problemWithScores(criteria, input.scores);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const total = totalOf(criteria, input.scores);
  const id = newGlobalId("SupportRequestAssessment", now);
  const [supportRequestId, criteriaSetId] = [request.id, set.id];
  // Before the scores: their row policy asks whose assessment they are of.
  await em.insert(AssessmentEntity, { id, supportRequestId, assessorId, criteriaSetId, total, assessedAt: now });
  await em.insertMany(
    ScoreEntity,
    input.scores.map(({ criterionId, value, rationale }) => ({
      id: newGlobalId("Score", now),
      assessmentId: id,
      criteriaSetId,
      criterionId,
      value,
      rationale: rationale.trim(),
      scoredAt: now,
    })),
  );
  request.criteriaSetId = set.id;
  const outcome = outcomeOf([...given.map((one) => one.total), total], set.moderationAbove);
  request.score = outcome.score;
  request.moderationNeeded = outcome.moderationNeeded;
  request.status = outcome.score === null ? "SCOPING" : "ASSESSED";
  return { id: request.id };
}

/** The set that the request's first assessment was made by, also when it is retired since; the live one before that. */
async function criteriaOf({ em }: UseCase, request: SupportRequest) {
  const where = request.criteriaSetId == null ? { status: "LIVE" as const } : { id: request.criteriaSetId };
  const set = await em.findOne(CriteriaSetEntity, where);
  return (
    set ??
    assessmentRefusals.NO_LIVE_CRITERIA("No version of the criteria is live. The office has to make one live first.")
  );
}
