import { defineList } from "@clic/subgraph-kit";
import { events } from "./event.entity.ts";

export const eventList = defineList({
  rows: events,
  node: "Event",
  fields: {
    title: { filter: true, order: true },
    kind: { filter: true, enum: "EventKind" },
    mode: { filter: true, enum: "EventMode" },
    status: { filter: true, enum: "EventStatus" },
    reportedStatus: { filter: true },
    startsAt: { filter: true, order: true },
    endsAt: { filter: true, order: true },
    venueId: { filter: true },
    hostId: { filter: true },
    workItemId: { filter: true },
    capacity: { filter: true, order: true },
    placesLeft: { filter: true, order: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "startsAt", direction: "ASC" }],
});
