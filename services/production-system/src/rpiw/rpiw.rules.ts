import type { Viewer } from "@clic/identity";
import type { Day } from "../calendar/day.rules.ts";

export type RpiwPhase =
  | "PROPOSED"
  | "CHARTERED"
  | "BASELINING"
  | "WORKSHOP"
  | "REPORTED_OUT"
  | "FOLLOW_UP"
  | "CLOSED"
  | "ABANDONED";
export type Source = "FOUNDING" | "DEMO" | "USER";

/** The phases that may follow each. The README draws the same table. */
export const phaseTransitions: Readonly<Record<RpiwPhase, readonly RpiwPhase[]>> = {
  PROPOSED: ["CHARTERED", "ABANDONED"],
  CHARTERED: ["BASELINING", "ABANDONED"],
  BASELINING: ["WORKSHOP", "ABANDONED"],
  WORKSHOP: ["REPORTED_OUT", "ABANDONED"],
  REPORTED_OUT: ["FOLLOW_UP", "CLOSED", "ABANDONED"],
  FOLLOW_UP: ["CLOSED", "ABANDONED"],
  CLOSED: [],
  ABANDONED: [],
};

/** Whether one phase may follow another. Where the phase is unknown (the founding report's), work starts like a proposal. */
export function mayFollow(from: RpiwPhase | null, to: RpiwPhase): boolean {
  return phaseTransitions[from ?? "PROPOSED"].includes(to);
}

/** The phases in which each thing that leaves the phase as it is, or takes it there, may be done. */
const phasesOf = {
  defineMetric: ["CHARTERED", "BASELINING"],
  prepareMetric: ["BASELINING"],
  recordReading: ["BASELINING", "WORKSHOP", "REPORTED_OUT", "FOLLOW_UP"],
  review: ["REPORTED_OUT", "FOLLOW_UP"],
} as const satisfies Record<string, readonly RpiwPhase[]>;
export type RpiwAction = keyof typeof phasesOf;

export function isOpenTo(action: RpiwAction, phase: RpiwPhase | null): boolean {
  return phase !== null && (phasesOf[action] as readonly RpiwPhase[]).includes(phase);
}

interface People {
  readonly sponsorId?: string | null | undefined;
  readonly processOwnerId?: string | null | undefined;
}

/** The office and the RPIW's own process owner deliver it; nobody else changes it. */
export function mayDeliver(viewer: Viewer, rpiw: People): boolean {
  return viewer.scopes.has("operations:write") || (viewer.personId !== null && viewer.personId === rpiw.processOwnerId);
}

/** A waiver excuses the process owner, who therefore never signs it: the sponsor does, or the office. */
export function maySignWaiver(viewer: Viewer, rpiw: People): boolean {
  if (viewer.personId === null || viewer.personId === rpiw.processOwnerId) return false;
  return viewer.scopes.has("operations:write") || viewer.personId === rpiw.sponsorId;
}

/** Phases are public; what was measured and reviewed is for everybody who has signed in, people and machines. */
export function mayReadMeasures(viewer: Viewer): boolean {
  return viewer.kind !== "anonymous";
}

/** Who is involved, and words that may name somebody: for staff and the office, not for analysts, partners, machines. */
export function mayReadPeople(viewer: Viewer): boolean {
  const staff = viewer.scopes.has("record:self") || viewer.scopes.has("operations:read");
  return viewer.scopes.has("personal:read") || (viewer.kind === "person" && staff);
}

export const smallestTeam = 6;
export const largestTeam = 10;

/** What is wrong with a charter, for a person to read; null when nothing is. */
export function charterProblem({ teamSize }: { readonly teamSize: number }): string | null {
  if (teamSize < smallestTeam || teamSize > largestTeam)
    return `A team has ${smallestTeam} to ${largestTeam} people, not ${teamSize}.`;
  return null;
}

/** What is wrong with a workshop's days; null when nothing is. */
export function workshopDaysProblem(days: { startsOn: Day; endsOn: Day | null; today: Day }): string | null {
  if (days.startsOn > days.today) return "The workshop has not begun: startsOn is in the future.";
  if (days.endsOn !== null && days.endsOn < days.startsOn) return "endsOn is before startsOn.";
  return null;
}

/** What is wrong with the day of a report-out; null when nothing is. */
export function reportOutProblem(days: { on: Day; workshopStartsOn: Day | null; today: Day }): string | null {
  if (days.on > days.today) return "The report-out has not been: its day is in the future.";
  if (days.workshopStartsOn !== null && days.on < days.workshopStartsOn)
    return "The report-out is before the workshop.";
  return null;
}

/** What is wrong with a reason that somebody must give; null when nothing is. */
export function reasonProblem(reason: string): string | null {
  return reason.trim() === "" || reason.length > 2000 ? "A reason has 1 to 2,000 characters." : null;
}
