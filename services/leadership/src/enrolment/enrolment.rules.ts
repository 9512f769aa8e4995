import type { Viewer } from "@clic/identity";

export type EnrolmentStatus = "APPLIED" | "OFFERED" | "ENROLLED" | "COMPLETED" | "WITHDRAWN" | "DEFERRED";

/** Who takes a step: the office, or the person whose enrolment it is. */
export type Actor = "office" | "self";

interface Step {
  readonly from: EnrolmentStatus;
  readonly to: EnrolmentStatus;
  readonly by: readonly Actor[];
}

/** Every step of an enrolment and who takes it. The README draws the same table. */
export const enrolmentSteps: readonly Step[] = [
  { from: "APPLIED", to: "OFFERED", by: ["office"] },
  { from: "APPLIED", to: "WITHDRAWN", by: ["office", "self"] },
  { from: "OFFERED", to: "ENROLLED", by: ["self"] },
  { from: "OFFERED", to: "WITHDRAWN", by: ["office", "self"] },
  { from: "OFFERED", to: "DEFERRED", by: ["office", "self"] },
  { from: "ENROLLED", to: "COMPLETED", by: ["office"] },
  { from: "ENROLLED", to: "WITHDRAWN", by: ["office", "self"] },
  { from: "ENROLLED", to: "DEFERRED", by: ["office", "self"] },
];

/** The states of who takes part in a cohort, or took part in enough of it. */
export const takingPart: readonly EnrolmentStatus[] = ["ENROLLED", "COMPLETED"];

/** Whether this actor may take an enrolment from one state to another. */
export function mayStep(from: EnrolmentStatus, to: EnrolmentStatus, actors: readonly Actor[]): boolean {
  return enrolmentSteps.some(
    (step) => step.from === from && step.to === to && step.by.some((actor) => actors.includes(actor)),
  );
}

/** As whom a viewer acts on somebody's enrolment; empty: not at all. */
export function actorsOf(viewer: Viewer, personId: string): Actor[] {
  const actors: Actor[] = [];
  if (viewer.scopes.has("operations:write")) actors.push("office");
  if (viewer.scopes.has("record:self") && viewer.personId === personId) actors.push("self");
  return actors;
}

/** Sessions attended over sessions held, as a fraction; null before the first was held. */
export function attendanceRate(attended: number, held: number): number | null {
  return held === 0 ? null : attended / held;
}

/** The share of sessions that completion needs, as a fraction. */
export const completionThreshold = 0.8;

/** Whether attendance suffices to complete. Never before a session was held. */
export function mayComplete(attended: number, held: number): boolean {
  return held > 0 && attended / held >= completionThreshold;
}
