import { founding, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { EventEntity } from "./event/event.entity.ts";
import { VenueEntity } from "./venue/venue.entity.ts";

const temporary = / *\(temporary\)$/;

/** Loads the venue and the events that the founding report names. What it does not state is null. */
export async function loadFounding({ em }: UseCase): Promise<void> {
  const bases = founding.organisations.flatMap(({ key, base }) => (base === undefined ? [] : [{ key, base }]));
  await loadRows(
    em,
    VenueEntity,
    bases.map(({ key, base }) => ({
      id: seedId("Venue", `founding-base-${key}`),
      name: base.replace(temporary, ""),
      address: null,
      temporary: temporary.test(base) ? true : null,
      temporaryUntil: null,
      status: null,
      source: "FOUNDING",
    })),
  );
  await loadRows(
    em,
    EventEntity,
    founding.events.map(({ key, title, reportedStatus, reportedWhen, audience }) => ({
      id: seedId("Event", key),
      title,
      reportedStatus,
      reportedWhen,
      reportedAudience: audience.length === 0 ? null : [...audience],
      source: "FOUNDING",
    })),
  );
}
