import { defineList } from "@clic/subgraph-kit";
import { events } from "./event.entity.ts";

export const eventList = defineList({
  rows: events,
  node: "Event",
  fields: {
    title: { filter: true, order: true },
    kind: { filter: true, group: true, enum: "EventKind" },
    mode: { filter: true, group: true, enum: "EventMode" },
    status: { filter: true, group: true, enum: "EventStatus" },
    reportedStatus: { filter: true, group: true },
    startsAt: { filter: true, order: true, group: true },
    endsAt: { filter: true, order: true, group: true },
    venueId: { filter: true, group: true },
    hostId: { filter: true, group: true },
    workItemId: { filter: true, group: true },
    capacity: { filter: true, order: true, sum: true },
    placesLeft: { filter: true, order: true, sum: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  needs: {
    venue: ["venueId"],
    host: ["hostId"],
    workItem: ["workItemId"],
    confirmedCount: ["hostId", "confirmed"],
    waitingCount: ["hostId", "waiting"],
    countsSuppressed: ["hostId"],
    bookings: ["id"],
    calendarUrl: ["id", "status", "startsAt"],
  },
  defaultOrder: [{ property: "startsAt", direction: "ASC" }],
});
