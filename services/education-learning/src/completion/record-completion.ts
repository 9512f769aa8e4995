import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { CourseEntity } from "../course/course.entity.ts";
import {
  type AskedExpiry,
  certificateDates,
  type CertificateExpiry,
  expiryProblem,
} from "./certificate-expiry.rules.ts";
import { CompletionEntity } from "./completion.entity.ts";
import { completionRefusals } from "./completion.refusals.ts";
import { completionProblem, dayOf, mayRecord } from "./completion.rules.ts";

export interface RecordCompletionInput {
  readonly personId: string;
  readonly courseId: string;
  readonly organisationId?: string | null;
  readonly completedOn: Date;
  readonly expiresOn?: Date | null;
  readonly validMonths?: number | null;
  readonly expiry?: CertificateExpiry | null;
}

/**
 * Records that somebody completed a course, in the version it has now; resolves to the completion's id or a refusal. The
 * database keeps the same from being recorded twice.
 */
export async function recordCompletion({ em, viewer, now }: UseCase, input: RecordCompletionInput) {
  const organisationId = input.organisationId ?? viewer.organisationId;
  if (organisationId !== null && !isGlobalId(organisationId, "Organisation"))
    return commonRefusals.INVALID_INPUT("organisationId is not the id of an organisation (org_…).");
  if (!mayRecord(viewer, organisationId))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the organisation, records completions.");
  if (!isGlobalId(input.personId, "Person"))
    return commonRefusals.INVALID_INPUT("personId is not the id of a person (per_…).");
  const course = isGlobalId(input.courseId, "Course") ? await em.findOne(CourseEntity, { id: input.courseId }) : null;
  if (course === null) return commonRefusals.NOT_FOUND(`There is no course ${input.courseId}.`);
  const completedOn = dayOf(input.completedOn);
  const asked: AskedExpiry = {
    expiresOn: input.expiresOn == null ? null : dayOf(input.expiresOn),
    validMonths: input.validMonths ?? null,
    expiry: input.expiry ?? null,
  };
  const { expiresOn } = asked;
  const problem =
    expiryProblem(asked) ?? completionProblem({ completedOn, expiresOn, today: dayOf(now), course: course.status });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const renewed =
    asked.expiry === "FROM_PREVIOUS_EXPIRY"
      ? await em.findOne(
          CompletionEntity,
          { personId: input.personId, courseId: course.id, completedOn: { $lt: completedOn }, revokedOn: null },
          { orderBy: { expiresOn: "desc nulls last" } },
        )
      : null;
  const id = newGlobalId("Completion", now);
  try {
    await em.insert(CompletionEntity, {
      id,
      personId: input.personId,
      courseId: course.id,
      courseVersion: course.version,
      organisationId,
      completedOn,
      ...certificateDates(completedOn, asked, renewed?.expiresOn ?? null),
      source: "USER",
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(completionRefusals.COMPLETION_RECORDED_ALREADY(`This was recorded already for ${completedOn}.`));
    throw error;
  }
  return { id };
}
