import { supportRequestAccepted, writeFact } from "@clic/bus";
import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { refusalUnmoderated } from "../assessment/moderate-support-request.ts";
import { createWorkItem } from "../work-item/create-work-item.ts";
import type { StrategyKey, WorkItemType } from "../work-item/work-item.rules.ts";
import { lockSupportRequest, refusalByStatus } from "./lock-support-request.ts";
import { supportRequestRefusals } from "./support-request.refusals.ts";

export interface AcceptSupportRequestInput {
  readonly supportRequestId: string;
  readonly workItemType: WorkItemType;
  readonly title?: string | null;
  readonly strategy: StrategyKey;
  readonly priorityIds: readonly string[];
  readonly workstreamIds?: readonly string[] | null;
  readonly leadOrganisationId?: string | null;
}

/**
 * Accepts a request and makes its one work item; resolves to the request's id. Callers take turns at the request's row:
 * whoever comes after the first finds it accepted, and changes nothing. `work_item_one_a_request` stands behind that.
 */
export async function acceptSupportRequest(
  useCase: UseCase,
  input: AcceptSupportRequestInput,
): Promise<{ id: string } | Refusal> {
  const { em, viewer, now } = useCase;
  if (!viewer.scopes.has("request:assess"))
    return commonRefusals.NOT_ALLOWED("The office and the operations group accept requests.");
  const request = await lockSupportRequest(useCase, input.supportRequestId);
  if (isRefusal(request)) return request;
  if (request.status === "ACCEPTED") return { id: request.id };
  const refusal = (await refusalUnmoderated(useCase, request)) ?? refusalByStatus(request, "accept");
  if (refusal !== null) return refusal;
  if (request.sponsorId == null)
    return supportRequestRefusals.SPONSOR_MISSING("Nobody stands behind this request yet. Accepting needs a sponsor.");
  const item = await createWorkItem(useCase, {
    type: input.workItemType,
    title: input.title ?? request.title,
    strategy: input.strategy,
    priorityIds: input.priorityIds,
    workstreamIds: input.workstreamIds ?? [],
    leadOrganisationId: input.leadOrganisationId ?? request.requestedById,
    supportRequestId: request.id,
  });
  if (isRefusal(item)) return item;
  request.status = "ACCEPTED";
  request.strategy = input.strategy;
  request.decidedAt = now;
  await em.flush();
  await writeFact(em, supportRequestAccepted, {
    aggregateId: request.id,
    occurredAt: now,
    data: {
      supportRequestId: request.id,
      workItemId: item.id,
      workItemType: item.type,
      title: item.title,
      strategy: input.strategy,
      status: "PROPOSED",
      leadOrganisationId: item.leadOrganisationId ?? null,
      source: request.source,
    },
  });
  return { id: request.id };
}
