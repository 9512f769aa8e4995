import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { eventRefusals } from "./event.refusals.ts";
import { mayBecome, mayManage, notReady, sourceAfterEdit } from "./event.rules.ts";
import { holdEvent } from "./hold-event.ts";

/** Publishes a draft, or opens a closed event again; resolves to its id or a refusal. */
export async function publishEvent(useCase: UseCase, input: { readonly eventId: string }) {
  const event = await holdEvent(useCase, input.eventId);
  if (isRefusal(event)) return event;
  if (!mayManage(useCase.viewer, event.hostId ?? null))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the host, publishes an event.");
  if (!mayBecome(event.status ?? null, "PUBLISHED"))
    return eventRefusals.EVENT_STATUS_REFUSED(`An event that is ${event.status} can't be published.`);
  const lacking = notReady(event, useCase.now);
  if (lacking !== null) return eventRefusals.EVENT_NOT_READY(lacking);
  event.status = "PUBLISHED";
  event.source = sourceAfterEdit(event.source);
  return { id: event.id };
}
