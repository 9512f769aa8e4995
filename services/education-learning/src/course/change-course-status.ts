import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { CourseEntity } from "./course.entity.ts";
import { courseRefusals } from "./course.refusals.ts";
import { type CourseStatus, mayBecome } from "./course.rules.ts";

/** Moves a course to another state under a row lock; resolves to its id or a refusal. */
export async function changeCourseStatus({ em, viewer }: UseCase, input: { courseId: string; status: CourseStatus }) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office changes courses.");
  const course = isGlobalId(input.courseId, "Course")
    ? await em.findOne(CourseEntity, { id: input.courseId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    : null;
  if (course === null) return commonRefusals.NOT_FOUND(`There is no course ${input.courseId}.`);
  if (!mayBecome(course.status, input.status))
    return courseRefusals.COURSE_STATUS_REFUSED(`A course that is ${course.status} can't become ${input.status}.`);
  course.status = input.status;
  return { id: course.id };
}
