import { isGlobalId } from "@clic/global-id";
import type { Day } from "../calendar/day.rules.ts";

export type TeachingKind = "INTRODUCTORY_WORKSHOP" | "SESSION" | "PROJECT_REVIEW";

export interface TeachingDraft {
  readonly kind: TeachingKind;
  readonly on: Day;
  readonly eventId: string | null;
  readonly rpiwId: string | null;
}

/** What is wrong with a teaching record as it is entered, for a person to read; null when nothing is. */
export function teachingProblem({ kind, on, eventId, rpiwId }: TeachingDraft, today: Day): string | null {
  if (on > today) return "It has not been yet: on is in the future.";
  if (eventId !== null && kind === "PROJECT_REVIEW") return "A project is reviewed by its RPIW, not at an event.";
  if (rpiwId !== null && kind !== "PROJECT_REVIEW") return "An RPIW is named for the review of its project alone.";
  if (eventId !== null && !isGlobalId(eventId, "Event")) return "eventId is not the id of an event (evt_…).";
  if (rpiwId !== null && !isGlobalId(rpiwId, "Rpiw")) return "rpiwId is not the id of an RPIW (rpw_…).";
  return null;
}
