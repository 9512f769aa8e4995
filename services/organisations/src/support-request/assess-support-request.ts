import { newUuid } from "@clic/global-id";
import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { MembershipEntity } from "../membership/membership.entity.ts";
import { AssessmentEntity } from "./assessment.entity.ts";
import { lockSupportRequest, refusalByStatus } from "./lock-support-request.ts";
import { supportRequestRefusals } from "./support-request.refusals.ts";
import { isOwnRequest, problemWithAssessment, scoreOf } from "./support-request.rules.ts";

export interface AssessSupportRequestInput {
  readonly supportRequestId: string;
  readonly score: number;
  readonly rationale: string;
}

/** Keeps the viewer's score; the second assessor's makes the request ASSESSED. The same score sent again changes nothing. */
export async function assessSupportRequest(
  useCase: UseCase,
  input: AssessSupportRequestInput,
): Promise<{ id: string } | Refusal> {
  const { em, viewer, now } = useCase;
  if (!viewer.scopes.has("request:assess") || viewer.personId === null)
    return commonRefusals.NOT_ALLOWED("The office and the operations group assess requests.");
  const problem = problemWithAssessment(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  const belongings = await em.find(MembershipEntity, { personId: viewer.personId, status: "ACTIVE" });
  const belongsTo = belongings.map((one) => one.organisationId);
  if (isOwnRequest(viewer, request, belongsTo))
    return supportRequestRefusals.OWN_REQUEST(
      "You belong to the organisation that asks; somebody else must assess this.",
    );
  const given = await em.find(AssessmentEntity, { supportRequestId: request.id });
  const own = given.find((one) => one.assessorId === viewer.personId);
  if (own?.score === input.score) return { id: request.id };
  if (own) return supportRequestRefusals.ALREADY_ASSESSED("You have assessed this request already.");
  const refusal = refusalByStatus(request, "assess");
  if (refusal !== null) return refusal;
  em.create(AssessmentEntity, {
    id: newUuid(),
    supportRequestId: request.id,
    assessorId: viewer.personId,
    score: input.score,
    rationale: input.rationale.trim(),
    assessedAt: now,
  });
  request.score = scoreOf([...given.map((one) => one.score), input.score]);
  request.status = request.score === null ? "SCOPING" : "ASSESSED";
  return { id: request.id };
}
