import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { CourseEntity } from "./course.entity.ts";
import { courseProblem } from "./course.rules.ts";

export interface ReviseCourseInput {
  readonly courseId: string;
  readonly title?: string | null;
  readonly durationMinutes?: number | null;
}

/**
 * Gives a course its next version under a row lock, so that two revisions are two versions; resolves to its id or a refusal.
 * What was completed keeps the version of its day.
 */
export async function reviseCourse({ em, viewer }: UseCase, input: ReviseCourseInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office revises courses.");
  const course = isGlobalId(input.courseId, "Course")
    ? await em.findOne(CourseEntity, { id: input.courseId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    : null;
  if (course === null) return commonRefusals.NOT_FOUND(`There is no course ${input.courseId}.`);
  const title = input.title?.trim() ?? course.title;
  const durationMinutes = input.durationMinutes ?? course.durationMinutes ?? null;
  const problem = courseProblem({ code: course.code, title, durationMinutes });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  Object.assign(course, { title, durationMinutes, version: course.version + 1 });
  return { id: course.id };
}
