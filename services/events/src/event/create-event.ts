import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { VenueEntity } from "../venue/venue.entity.ts";
import { EventWorkstreamEntity } from "../workstream/event-workstream.entity.ts";
import { EventEntity } from "./event.entity.ts";
import { type EventDraft, type EventKind, type EventMode, eventProblem, mayManage } from "./event.rules.ts";

export interface CreateEventInput extends EventDraft {
  readonly kind?: EventKind | null;
  readonly mode?: EventMode | null;
  readonly venueId?: string | null;
  readonly hostId?: string | null;
  readonly hasWaitingList?: boolean | null;
  readonly workstreamIds?: readonly string[] | null;
}

/** Enters an event as a draft of its host, which is the acting organisation unless given; resolves to its id or a refusal. */
export async function createEvent({ em, viewer, now }: UseCase, input: CreateEventInput) {
  const hostId = input.hostId ?? viewer.organisationId;
  if (hostId !== null && !isGlobalId(hostId, "Organisation"))
    return commonRefusals.INVALID_INPUT("hostId is not the id of an organisation (org_…).");
  if (!mayManage(viewer, hostId))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the host, enters an event.");
  const problem = eventProblem(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const workstreamIds = [...new Set(input.workstreamIds ?? [])];
  if (workstreamIds.length > 20 || !workstreamIds.every((one) => isGlobalId(one, "Workstream")))
    return commonRefusals.INVALID_INPUT("workstreamIds are ids of workstreams (wst_…), 20 at most.");
  if (input.venueId != null) {
    const venue = isGlobalId(input.venueId, "Venue") ? await em.findOne(VenueEntity, { id: input.venueId }) : null;
    if (venue === null) return commonRefusals.INVALID_INPUT("venueId is not the id of a venue (ven_…).");
    if (venue.status === "RETIRED")
      return commonRefusals.INVALID_INPUT(`${venue.name} is no longer used: choose another venue.`);
  }
  const id = newGlobalId("Event", now);
  await em.insert(EventEntity, {
    id,
    title: input.title.trim(),
    kind: input.kind ?? null,
    mode: input.mode ?? null,
    status: "DRAFT",
    startsAt: input.startsAt ?? null,
    endsAt: input.endsAt ?? null,
    venueId: input.venueId ?? null,
    hostId,
    workItemId: input.workItemId ?? null,
    capacity: input.capacity ?? null,
    hasWaitingList: input.hasWaitingList ?? true,
    source: "USER",
  });
  for (const workstreamId of workstreamIds) await em.insert(EventWorkstreamEntity, { workstreamId, eventId: id });
  return { id };
}
