import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { cancelAllBookings } from "../booking/cancel-all-bookings.ts";
import { eventRefusals } from "./event.refusals.ts";
import { mayBecome, mayManage, sourceAfterEdit } from "./event.rules.ts";
import { holdEvent } from "./hold-event.ts";

/** Cancels an event and with it every booking that was live; resolves to its id or a refusal. */
export async function cancelEvent(useCase: UseCase, input: { readonly eventId: string }) {
  const event = await holdEvent(useCase, input.eventId);
  if (isRefusal(event)) return event;
  if (!mayManage(useCase.viewer, event.hostId ?? null))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the host, cancels an event.");
  if (!mayBecome(event.status ?? null, "CANCELLED"))
    return eventRefusals.EVENT_STATUS_REFUSED(`An event that is ${event.status} can't be cancelled.`);
  event.status = "CANCELLED";
  event.source = sourceAfterEdit(event.source);
  await useCase.em.flush();
  await cancelAllBookings(useCase, event.id);
  return { id: event.id };
}
