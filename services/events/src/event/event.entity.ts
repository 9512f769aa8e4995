import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { EventKind, EventMode, EventStatus } from "./event.rules.ts";

export const EventEntity = defineEntity({
  name: "Event",
  tableName: "event",
  schema: "events",
  properties: {
    id: p.type(idOf("Event")).primary(),
    title: p.text(),
    kind: p.text().$type<EventKind>().nullable(),
    mode: p.text().$type<EventMode>().nullable(),
    status: p.text().$type<EventStatus>().nullable(),
    reportedStatus: p.text().nullable(),
    reportedWhen: p.text().nullable(),
    reportedAudience: p.array().nullable(),
    startsAt: p.datetime().columnType("timestamptz(3)").nullable(),
    endsAt: p.datetime().columnType("timestamptz(3)").nullable(),
    venueId: p.type(idOf("Venue")).nullable(),
    hostId: p.type(idOf("Organisation")).nullable(),
    /** The whole global id, since it is one of four types. */
    workItemId: p.text().nullable(),
    capacity: p.integer().nullable(),
    hasWaitingList: p.boolean().nullable(),
    // From here to `sequence` the database alone writes; see the migration.
    confirmed: p.integer().default(0),
    offered: p.integer().default(0),
    waiting: p.integer().default(0),
    lastQueueNumber: p.integer().default(0),
    placesLeft: p
      .integer()
      .nullable()
      .generated("(case when capacity is not null then greatest(capacity - confirmed - offered, 0) end) stored"),
    sequence: p.integer().default(0),
    updatedAt: p.datetime().columnType("timestamptz(3)").defaultRaw("now()"),
    source: p.text().$type<"FOUNDING" | "DEMO" | "USER">(),
  },
});

export type EventRow = Row<InferEntity<typeof EventEntity>>;
export const events = defineRows(EventEntity, { type: "Event" });
