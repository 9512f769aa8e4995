import { isRole } from "@clic/identity";
import { mostMonths } from "../completion/certificate-expiry.rules.ts";
import type { Day } from "../completion/completion.rules.ts";
import type { CourseStatus } from "../course/course.rules.ts";

/** Organisations' own words. */
export type OrganisationKind =
  | "COLLABORATIVE"
  | "ALLIANCE"
  | "CCG"
  | "TRUST"
  | "COUNCIL"
  | "PROVIDER"
  | "PRACTICE"
  | "UNIT"
  | "PUBLISHER"
  | "SUPPLIER";

/** So many requirements may be open at a time, which bounds the list of an organisation's compliance. */
export const mostRequirements = 100;

interface RequirementDraft {
  readonly role: string | null;
  readonly everyMonths: number | null;
  readonly course: CourseStatus;
  readonly startsOn: Day;
  readonly today: Day;
}

/** What is wrong with a requirement as it is made, for a person to read; null when nothing is. */
export function requirementProblem({ role, everyMonths, course, startsOn, today }: RequirementDraft): string | null {
  if (role !== null && !isRole(role)) return `${role} is no role of a membership.`;
  if (course !== "LIVE") return `A course that is ${course} can't be required: nobody could complete it.`;
  return frequencyProblem(everyMonths) ?? dayProblem(startsOn, today);
}

/** What is wrong with how often a course is required; null, which is once, is right. */
export function frequencyProblem(everyMonths: number | null): string | null {
  if (everyMonths === null || (everyMonths >= 1 && everyMonths <= mostMonths)) return null;
  return `A course is required every 1 to ${mostMonths} months, or once.`;
}

/** Who was compliant on a day that has passed stays so: requirements begin, change and end today or later. */
export function dayProblem(day: Day, today: Day): string | null {
  return day < today ? "The day has passed: what was required then stays as it was." : null;
}
