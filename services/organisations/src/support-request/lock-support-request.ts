import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { SupportRequestEntity, supportRequests, type SupportRequest } from "./support-request.entity.ts";
import { supportRequestRefusals } from "./support-request.refusals.ts";
import { isPossible, type SupportRequestAction } from "./support-request.rules.ts";

/**
 * A request that the viewer may see, under a row lock for the rest of the transaction: whoever changes it takes turns.
 * A request that they may see and not change is not found either: row-level security hides it from the lock.
 */
export async function lockSupportRequest({ em, viewer }: UseCase, id: string): Promise<SupportRequest | Refusal> {
  const request = await em.findOne(SupportRequestEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (request !== null && supportRequests.isInSight(viewer, request)) return request;
  return commonRefusals.NOT_FOUND("There is no request for support with this id that you may know of.");
}

/** The refusal of an action that the request's status does not allow; null when it does. */
export function refusalByStatus(request: SupportRequest, action: SupportRequestAction): Refusal | null {
  if (isPossible(action, request.status)) return null;
  const message = `The request is ${request.status}, which does not allow this.`;
  return supportRequestRefusals.SUPPORT_REQUEST_NOT_READY(message, { status: request.status });
}
