import type { Viewer } from "@clic/identity";
import type { CourseStatus } from "../course/course.rules.ts";

export type CertificateStatus = "VALID" | "DUE" | "EXPIRED" | "REVOKED";

/** For so many days before it expires a certificate is due for renewal. */
export const dueDays = 60;

const dayMs = 86_400_000;

/** A calendar day as `YYYY-MM-DD`. */
export type Day = string;

/** The day of an instant (UTC). */
export function dayOf(instant: Date): Day {
  return instant.toISOString().slice(0, 10);
}

/** The day so many days after another. */
export function addDays(day: Day, days: number): Day {
  return dayOf(new Date(Date.parse(day) + days * dayMs));
}

/**
 * Where the certificate of a completion stands on a day: it follows from the dates and is never stored. On the day it
 * expires it is still valid; one that never expires is valid for good, unless it is revoked.
 */
export function certificateStatus(
  { expiresOn, revokedOn }: { readonly expiresOn: Day | null; readonly revokedOn: Day | null },
  today: Day,
): CertificateStatus {
  if (revokedOn !== null && revokedOn <= today) return "REVOKED";
  if (expiresOn === null) return "VALID";
  if (expiresOn < today) return "EXPIRED";
  return addDays(expiresOn, -dueDays) <= today ? "DUE" : "VALID";
}

/**
 * Whether persons behind completions are shown to this viewer in general. Who sees every row for analysis sees no
 * person, and so may not filter or order by one either.
 */
export function mayReadPersons(viewer: Viewer): boolean {
  return viewer.scopes.has("operations:read") || !viewer.scopes.has("analysis:read");
}

/** Whether row-level security shows the viewer every completion. */
export function seesEveryCompletion({ kind, scopes }: Viewer): boolean {
  return kind === "system" || scopes.has("operations:read") || scopes.has("analysis:read");
}

/** Whether the person behind this completion is shown: in general, or because it is the viewer. */
export function mayReadPerson(viewer: Viewer, personId: string): boolean {
  return mayReadPersons(viewer) || viewer.personId === personId;
}

/** Whether this viewer records and revokes the completions of this organisation's people. */
export function mayRecord(viewer: Viewer, organisationId: string | null): boolean {
  if (viewer.scopes.has("operations:write")) return true;
  return viewer.scopes.has("organisation:read") && organisationId !== null && viewer.organisationId === organisationId;
}

interface CompletionDraft {
  readonly completedOn: Day;
  readonly expiresOn: Day | null;
  readonly today: Day;
  readonly course: CourseStatus;
}

/** What is wrong with a completion as it is recorded, for a person to read; null when nothing is. */
export function completionProblem({ completedOn, expiresOn, today, course }: CompletionDraft): string | null {
  if (course === "DRAFT") return "A course that is a draft can't have been completed.";
  if (completedOn > today) return "It was not completed yet: completedOn is in the future.";
  if (expiresOn !== null && expiresOn <= completedOn) return "A certificate expires after the day of completion.";
  return null;
}

/** What is wrong with the reason of a revocation; null when nothing is. */
export function reasonProblem(reason: string): string | null {
  const length = reason.trim().length;
  return length < 1 || length > 2000 ? "A reason has 1 to 2,000 characters." : null;
}
