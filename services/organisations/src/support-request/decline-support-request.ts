import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { lockSupportRequest, refusalByStatus } from "./lock-support-request.ts";
import { problemWithText } from "./support-request.rules.ts";

/** Declines a request for a reason; resolves to its id. A declined one stays as it is. */
export async function declineSupportRequest(
  useCase: UseCase,
  input: { readonly supportRequestId: string; readonly reason: string },
): Promise<{ id: string } | Refusal> {
  if (!useCase.viewer.scopes.has("request:assess"))
    return commonRefusals.NOT_ALLOWED("The office and the operations group decline requests.");
  const problem = problemWithText("reason", input.reason, 2000);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  if (request.status === "DECLINED") return { id: request.id };
  const refusal = refusalByStatus(request, "decline");
  if (refusal !== null) return refusal;
  request.status = "DECLINED";
  request.moderationNeeded = false;
  request.decisionReason = input.reason.trim();
  request.decidedAt = useCase.now;
  return { id: request.id };
}
