import type { Viewer } from "@clic/identity";
import { addDays, type Day } from "../calendar/day.rules.ts";

export type FacultyStatus = "NOMINATED" | "TRAINING" | "ACCREDITED" | "LAPSED" | "LEFT";
export type FacultyLevel = "CHAMPION" | "FACULTY";

/** How many sessions each level teaches before it is accredited. */
export const sessionsOf: Readonly<Record<FacultyLevel, number>> = { CHAMPION: 2, FACULTY: 6 };
/** For so many days before it ends an accreditation may be renewed. */
export const renewalDays = 60;

interface Step {
  readonly from: FacultyStatus | null;
  readonly to: FacultyStatus;
  /** The operation that takes it, or the time that passes. */
  readonly by: string;
}

/** Every step of a membership and what takes it. The README draws the same table, and a test holds the two to each other. */
export const facultySteps: readonly Step[] = [
  { from: null, to: "NOMINATED", by: "nominateForFaculty" },
  { from: "NOMINATED", to: "TRAINING", by: "recordTeaching" },
  { from: "TRAINING", to: "ACCREDITED", by: "accreditFaculty" },
  { from: "ACCREDITED", to: "ACCREDITED", by: "renewFaculty" },
  { from: "ACCREDITED", to: "LAPSED", by: "time" },
  { from: "LAPSED", to: "ACCREDITED", by: "renewFaculty" },
  { from: "NOMINATED", to: "LEFT", by: "leaveFaculty" },
  { from: "TRAINING", to: "LEFT", by: "leaveFaculty" },
  { from: "ACCREDITED", to: "LEFT", by: "leaveFaculty" },
  { from: "LAPSED", to: "LEFT", by: "leaveFaculty" },
];

/** Whether an operation may take a membership from where it stands. */
export function mayTake(from: FacultyStatus, by: string): boolean {
  return facultySteps.some((step) => step.from === from && step.by === by);
}

type Maybe<Value> = Value | null | undefined;
interface Days {
  readonly trainedFrom?: Maybe<Day>;
  readonly accreditedUntil?: Maybe<Day>;
  readonly leftOn?: Maybe<Day>;
}

/** Where a membership stands on a day; it follows from its days and is never stored. The last day of an accreditation counts. */
export function facultyStatus({ trainedFrom, accreditedUntil, leftOn }: Days, today: Day): FacultyStatus {
  if (leftOn != null) return "LEFT";
  if (accreditedUntil != null) return accreditedUntil < today ? "LAPSED" : "ACCREDITED";
  return trainedFrom == null ? "NOMINATED" : "TRAINING";
}

interface Evidence {
  readonly trainedFrom?: Maybe<Day>;
  readonly sessionsTaught: number;
  readonly sessionsNeeded: number;
  readonly projectsReviewed: number;
}

/** What accreditation still lacks, for a person to read; empty when nothing. */
export function missingEvidence({ trainedFrom, sessionsTaught, sessionsNeeded, projectsReviewed }: Evidence): string[] {
  return [
    ...(trainedFrom == null ? ["an introductory workshop attended"] : []),
    ...(sessionsTaught < sessionsNeeded ? [`${sessionsNeeded - sessionsTaught} more sessions taught`] : []),
    ...(projectsReviewed < 1 ? ["a project reviewed"] : []),
  ];
}

/** The day a year after another; 28 February follows on a 29th. */
export function aYearAfter(day: Day): Day {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return next.endsWith("-02-29") ? next.replace("-02-29", "-02-28") : next;
}

interface Accredited {
  readonly accreditedOn?: Maybe<Day>;
  readonly renewedOn?: Maybe<Day>;
  readonly accreditedUntil?: Maybe<Day>;
  readonly lastTaughtOn?: Maybe<Day>;
}

/** The first day on which an accreditation may be renewed. */
export function renewableFrom({ accreditedUntil }: Accredited): Day | null {
  return accreditedUntil == null ? null : addDays(accreditedUntil, -renewalDays);
}

/** Whether somebody has taught since they were accredited or last renewed. */
export function hasTaughtSince({ accreditedOn, renewedOn, lastTaughtOn }: Accredited): boolean {
  const since = renewedOn ?? accreditedOn;
  return since != null && lastTaughtOn != null && lastTaughtOn > since;
}

/** The last day of a renewed accreditation: a year after the one before, or after today where that has lapsed. */
export function renewedUntil({ accreditedUntil }: Accredited, today: Day): Day {
  return aYearAfter(accreditedUntil != null && accreditedUntil >= today ? accreditedUntil : today);
}

/** Whether this viewer nominates people of this organisation: the office, and its leads. */
export function mayNominate(viewer: Viewer, organisationId: string | null): boolean {
  if (viewer.scopes.has("operations:write")) return true;
  return viewer.scopes.has("organisation:read") && organisationId !== null && viewer.organisationId === organisationId;
}

/** Whether this viewer accredits and renews this person: the office, and nobody themselves. */
export function mayAccredit(viewer: Viewer, personId: string): boolean {
  return viewer.scopes.has("operations:write") && viewer.personId !== personId;
}

/** Whether this viewer records what this person taught: the office and their coach, and nobody themselves. */
export function mayRecordTeaching(
  viewer: Viewer,
  { personId, coachId }: { personId: string; coachId?: Maybe<string> },
): boolean {
  if (viewer.personId === personId) return false;
  return viewer.scopes.has("operations:write") || (viewer.personId !== null && viewer.personId === coachId);
}

/** Whether this viewer ends this person's membership: the office, or the person. */
export function mayLeave(viewer: Viewer, personId: string): boolean {
  return viewer.scopes.has("operations:write") || (viewer.scopes.has("record:self") && viewer.personId === personId);
}
