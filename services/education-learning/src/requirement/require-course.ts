import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { dayOf } from "../completion/completion.rules.ts";
import { CourseEntity } from "../course/course.entity.ts";
import { addRequirement } from "./add-requirement.ts";
import { RequirementProfileEntity } from "./requirement-profile.entity.ts";
import { requirementRefusals } from "./requirement.refusals.ts";
import { mostRequirements, type OrganisationKind, requirementProblem } from "./requirement.rules.ts";

export interface RequireCourseInput {
  readonly courseId: string;
  readonly role?: string | null;
  readonly organisationKind?: OrganisationKind | null;
  readonly everyMonths?: number | null;
  readonly startsOn?: Date | null;
}

/** Requires a course of some people from a day on; resolves to the requirement's id or a refusal. */
export async function requireCourse({ em, viewer, now }: UseCase, input: RequireCourseInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office requires courses.");
  const course = isGlobalId(input.courseId, "Course") ? await em.findOne(CourseEntity, { id: input.courseId }) : null;
  if (course === null) return commonRefusals.NOT_FOUND(`There is no course ${input.courseId}.`);
  const today = dayOf(now);
  const startsOn = input.startsOn == null ? today : dayOf(input.startsOn);
  const { role = null, organisationKind = null, everyMonths = null } = input;
  const problem = requirementProblem({ role, everyMonths, course: course.status, startsOn, today });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  // One at a time, so that the count holds.
  await em.execute("select pg_advisory_xact_lock(hashtext('education_learning.requirement_profile'))");
  if ((await em.count(RequirementProfileEntity, { retiredFrom: null })) >= mostRequirements)
    return requirementRefusals.REQUIREMENTS_FULL(`At most ${mostRequirements} requirements are open at a time.`);
  const id = newGlobalId("RequirementProfile", now);
  const added = await addRequirement(em, { id, role, organisationKind, courseId: course.id, everyMonths, startsOn });
  if (!added) rollback(requirementRefusals.REQUIRED_ALREADY("The course is required of these people already."));
  return { id };
}
