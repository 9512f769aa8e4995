import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { confirmWaiting } from "../booking/confirm-waiting.ts";
import { eventRefusals } from "./event.refusals.ts";
import { capacityProblem, mayManage, sourceAfterEdit } from "./event.rules.ts";
import { holdEvent } from "./hold-event.ts";

/**
 * Gives an event another number of places, or no limit (null). More places go to the head of the waiting list at once;
 * fewer evict nobody. Resolves to its id or a refusal.
 */
export async function changeEventCapacity(
  useCase: UseCase,
  input: { readonly eventId: string; readonly capacity?: number | null },
) {
  const event = await holdEvent(useCase, input.eventId);
  if (isRefusal(event)) return event;
  if (!mayManage(useCase.viewer, event.hostId ?? null))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the host, changes an event's capacity.");
  if (input.capacity === undefined)
    return commonRefusals.INVALID_INPUT("Give capacity: a number of places, or null for no limit.");
  const problem = capacityProblem(input.capacity);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (event.status !== "DRAFT" && event.status !== "PUBLISHED" && event.status !== "CLOSED")
    return eventRefusals.EVENT_STATUS_REFUSED(
      "Only an event that is DRAFT, PUBLISHED or CLOSED can be given another capacity.",
    );
  event.capacity = input.capacity;
  event.source = sourceAfterEdit(event.source);
  await useCase.em.flush();
  await confirmWaiting(useCase, event);
  return { id: event.id };
}
