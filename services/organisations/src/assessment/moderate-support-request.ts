import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { CriteriaSetEntity } from "../criteria-set/criteria-set.entity.ts";
import { lockSupportRequest, refusalByStatus } from "../support-request/lock-support-request.ts";
import type { SupportRequest } from "../support-request/support-request.entity.ts";
import { supportRequestRefusals } from "../support-request/support-request.refusals.ts";
import { AssessmentEntity, ModerationEntity } from "./assessment.entity.ts";
import { assessmentRefusals } from "./assessment.refusals.ts";
import { pointsApart, problemWithModeration } from "./assessment.rules.ts";
import { assessorOf, refusalOfOwn } from "./may-assess.ts";

export interface ModerateSupportRequestInput {
  readonly supportRequestId: string;
  readonly score: number;
  readonly rationale: string;
}

/**
 * Settles what two assessors see too differently, as the viewer, a third person; resolves to the request's id, which is
 * ASSESSED from now on. The same outcome sent again changes nothing.
 */
export async function moderateSupportRequest(
  useCase: UseCase,
  input: ModerateSupportRequestInput,
): Promise<{ id: string } | Refusal> {
  const { em, now } = useCase;
  const moderatorId = assessorOf(useCase);
  if (typeof moderatorId !== "string") return moderatorId;
  const problem = problemWithModeration(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  const own = await refusalOfOwn(useCase, request, moderatorId);
  if (own !== null) return own;
  if ((await em.count(AssessmentEntity, { supportRequestId: request.id, assessorId: moderatorId })) > 0)
    return assessmentRefusals.ALREADY_ASSESSED("You are one of the two who differ; a third person has to moderate.");
  const before = await em.findOne(ModerationEntity, { supportRequestId: request.id });
  if (before?.moderatorId === moderatorId && before.score === input.score) return { id: request.id };
  const refusal = refusalByStatus(request, "moderate");
  if (refusal !== null) return refusal;
  if (!request.moderationNeeded)
    return supportRequestRefusals.SUPPORT_REQUEST_NOT_READY("Two have to assess the request first.", {
      status: request.status,
    });
  const { score } = input;
  await em.insert(ModerationEntity, {
    supportRequestId: request.id,
    moderatorId,
    score,
    rationale: input.rationale.trim(),
    moderatedAt: now,
  });
  request.score = score;
  request.moderationNeeded = false;
  request.status = "ASSESSED";
  return { id: request.id };
}

/** The refusal while two assessments wait for a moderator; null otherwise. */
export async function refusalUnmoderated({ em }: UseCase, request: SupportRequest): Promise<Refusal | null> {
  if (!request.moderationNeeded) return null;
  const given = await em.find(AssessmentEntity, { supportRequestId: request.id });
  const set = await em.findOneOrFail(CriteriaSetEntity, { id: request.criteriaSetId as string });
  const [differBy, moderationAbove] = [pointsApart(given.map(({ total }) => total)), set.moderationAbove];
  return assessmentRefusals.MODERATION_NEEDED(
    `The two assessments differ by ${differBy} points, more than ${moderationAbove}. A third person has to moderate first.`,
    { differBy, moderationAbove },
  );
}
