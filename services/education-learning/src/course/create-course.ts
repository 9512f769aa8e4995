import { newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { CourseEntity } from "./course.entity.ts";
import { courseRefusals } from "./course.refusals.ts";
import { courseProblem, type CourseDraft } from "./course.rules.ts";

export interface CreateCourseInput extends CourseDraft {
  readonly providerId?: string | null;
}

/** Enters a course as a draft; resolves to its id or a refusal. The database keeps codes unique. */
export async function createCourse({ em, viewer, now }: UseCase, input: CreateCourseInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office enters courses.");
  const problem = courseProblem(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const id = newGlobalId("Course", now);
  try {
    await em.insert(CourseEntity, {
      id,
      code: input.code,
      title: input.title.trim(),
      status: "DRAFT",
      providerId: input.providerId ?? null,
      durationMinutes: input.durationMinutes ?? null,
      source: "USER",
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(
        courseRefusals.COURSE_CODE_TAKEN(
          `There is a course with the code ${input.code} already. Codes are never reused: choose another.`,
        ),
      );
    throw error;
  }
  return { id };
}
