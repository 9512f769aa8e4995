import { defineRows, idOf } from "@clic/subgraph-kit";
import { defineEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../course/course.entity.ts";

/** What an event counts for in continuing professional development (CPD). */
export const EventCreditEntity = defineEntity({
  name: "EventCredit",
  tableName: "event_credit",
  schema: "education_learning",
  properties: {
    eventId: p.type(idOf("Event")).primary(),
    cpdMinutes: p.integer(),
    courseId: p.type(idOf("Course")).nullable(),
    source: p.text().$type<Source>(),
  },
});

export const eventCredits = defineRows(EventCreditEntity);
