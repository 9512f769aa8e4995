import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { OrganisationEntity } from "../organisation/organisation.entity.ts";
import { lockSupportRequest, refusalByStatus } from "./lock-support-request.ts";
import { problemWithRedirection } from "./support-request.rules.ts";

export interface RedirectSupportRequestInput {
  readonly supportRequestId: string;
  readonly toOrganisationId?: string | null;
  readonly toBody?: string | null;
  readonly reason: string;
}

/** Passes a request on to whoever is better placed; resolves to its id. Sent again with the same place, it changes nothing. */
export async function redirectSupportRequest(
  useCase: UseCase,
  input: RedirectSupportRequestInput,
): Promise<{ id: string } | Refusal> {
  const { em, viewer, now } = useCase;
  if (!viewer.scopes.has("request:assess"))
    return commonRefusals.NOT_ALLOWED("The office and the operations group pass requests on.");
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  const problem = problemWithRedirection(input, request.requestedById);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const [toId, toBody] = [input.toOrganisationId ?? null, input.toBody?.trim() ?? null];
  if (request.status === "REDIRECTED" && request.redirectedToId === toId && request.redirectedToBody === toBody)
    return { id: request.id };
  const refusal = refusalByStatus(request, "redirect");
  if (refusal !== null) return refusal;
  if (toId !== null) {
    const to = await em.findOne(OrganisationEntity, { id: toId });
    if (to === null) return commonRefusals.NOT_FOUND("There is no organisation with the id toOrganisationId.");
    if (to.status === "INACTIVE")
      return commonRefusals.INVALID_INPUT(`${to.name} is inactive. Name an organisation that can be turned to.`);
  }
  request.status = "REDIRECTED";
  request.redirectedToId = toId;
  request.redirectedToBody = toBody;
  request.decisionReason = input.reason.trim();
  request.moderationNeeded = false;
  request.decidedAt = now;
  return { id: request.id };
}
