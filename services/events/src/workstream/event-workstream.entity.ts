import { idOf } from "@clic/subgraph-kit";
import { defineEntity, p } from "@mikro-orm/postgresql";

/** Which workstreams an event's work belongs to, as told when it was entered; the workstreams are Organisations'. */
export const EventWorkstreamEntity = defineEntity({
  name: "EventWorkstream",
  tableName: "event_workstream",
  schema: "events",
  properties: {
    workstreamId: p.type(idOf("Workstream")).primary(),
    eventId: p.type(idOf("Event")).primary(),
    source: p.text().$type<"FOUNDING" | "DEMO" | "USER">().default("USER"),
  },
});
