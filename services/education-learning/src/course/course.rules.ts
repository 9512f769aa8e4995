export type CourseStatus = "DRAFT" | "LIVE" | "RETIRED";

/** The states a course may go to from each. The README draws the same table. */
export const courseTransitions: Readonly<Record<CourseStatus, readonly CourseStatus[]>> = {
  DRAFT: ["LIVE"],
  LIVE: ["RETIRED"],
  RETIRED: [],
};

/** Whether a course may go from one state to another. */
export function mayBecome(from: CourseStatus, to: CourseStatus): boolean {
  return courseTransitions[from].includes(to);
}

export interface CourseDraft {
  readonly code: string;
  readonly title: string;
  readonly durationMinutes?: number | null;
}

/** What is wrong with a course as it is entered, for a person to read; null when nothing is. */
export function courseProblem({ code, title, durationMinutes }: CourseDraft): string | null {
  if (!/^[a-z0-9][a-z0-9-]{1,62}$/.test(code))
    return "A code has 2 to 63 lower-case letters, digits and hyphens, and starts with a letter or digit.";
  if (title.trim() === "" || title.length > 200) return "A title has 1 to 200 characters.";
  if (durationMinutes != null && (durationMinutes < 1 || durationMinutes > 10_080))
    return "A duration is 1 to 10,080 minutes (a week).";
  return null;
}
