import { numberedGlobalId } from "@clic/global-id";
import { draw, drawOf, drawPerCent } from "./draw.ts";
import { type Scale, timeFromReference } from "./scale.ts";
import { workItemIdAtScale, workstreamsAtScale } from "./work-items.ts";

/** A made-up event at scale, as far as other services refer to it; Events itself adds venue, capacity and bookings. */
export interface ScaleEvent {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly kind: "WORKSHOP" | "TRAINING" | "ENGAGEMENT" | "SESSION" | "MEETING" | "CONFERENCE";
  readonly status: "DRAFT" | "PUBLISHED" | "CLOSED" | "COMPLETED" | "CANCELLED";
  readonly startsAt: Date;
  /** The number of the host. */
  readonly host: number;
  /** A work item's id; null for a third of them. */
  readonly workItemId: string | null;
  /** Ids; those of the work item where there is one. */
  readonly workstreams: readonly string[];
}

/** Days before and after the reference day over which events are spread, evenly and in the order of their numbers. */
const past = 1_100;
const ahead = 500;

const kinds = ["WORKSHOP", "TRAINING", "TRAINING", "TRAINING", "SESSION", "ENGAGEMENT", "MEETING"] as const;
const subjects = ["frailty", "pain", "urgent care", "autism", "end of life care", "safeguarding", "improvement basics"];

export function eventIdAtScale(number: number): string {
  return numberedGlobalId("Event", number);
}

/** The event with this number, from 0 on. */
export function eventAtScale(scale: Scale, number: number): ScaleEvent {
  const days = Math.floor((number * (past + ahead)) / scale.events) - past;
  const workItem = drawPerCent(30, number, 67) ? draw(31, number, scale.workItems) : null;
  return {
    number,
    id: eventIdAtScale(number),
    title: `Demonstration ${drawOf(32, number, subjects)} ${1001 + number}`,
    kind: drawPerCent(33, number, 2) ? "CONFERENCE" : drawOf(34, number, kinds),
    status: statusOf(number, days),
    startsAt: timeFromReference(days, drawOf(35, number, [9, 9.5, 13, 14])),
    host: draw(36, number, scale.organisations),
    workItemId: workItem === null ? null : workItemIdAtScale(workItem),
    workstreams:
      workItem !== null ? workstreamsAtScale(workItem) : drawPerCent(37, number, 40) ? workstreamsAtScale(number) : [],
  };
}

function statusOf(number: number, days: number): ScaleEvent["status"] {
  const percent = draw(38, number, 100);
  if (days < 0) return percent < 5 ? "CANCELLED" : "COMPLETED";
  if (percent < 4) return "CANCELLED";
  if (percent < 11) return "DRAFT";
  return percent < 14 ? "CLOSED" : "PUBLISHED";
}
