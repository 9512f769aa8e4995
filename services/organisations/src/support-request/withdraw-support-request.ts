import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { lockSupportRequest, refusalByStatus } from "./lock-support-request.ts";
import { mayWithdraw } from "./support-request.rules.ts";

/** Takes a request back; resolves to its id. One that was taken back already stays so. */
export async function withdrawSupportRequest(
  useCase: UseCase,
  input: { readonly supportRequestId: string },
): Promise<{ id: string } | Refusal> {
  const { scopes } = useCase.viewer;
  if (!scopes.has("request:submit") && !scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("Whoever made a request, and the lead of their organisation, take it back.");
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  if (!mayWithdraw(useCase.viewer, request))
    return commonRefusals.NOT_ALLOWED("Whoever made a request, and the lead of their organisation, take it back.");
  if (request.status === "WITHDRAWN") return { id: request.id };
  const refusal = refusalByStatus(request, "withdraw");
  if (refusal !== null) return refusal;
  request.status = "WITHDRAWN";
  request.moderationNeeded = false;
  request.decidedAt = useCase.now;
  return { id: request.id };
}
