import { isGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { CheckConstraintViolationException, LockMode } from "@mikro-orm/postgresql";
import { EnrolmentEntity } from "./enrolment.entity.ts";
import { enrolmentRefusals } from "./enrolment.refusals.ts";
import { actorsOf, type EnrolmentStatus, mayComplete, mayStep } from "./enrolment.rules.ts";

/**
 * Takes an enrolment a step further under a row lock; resolves to its id or a refusal. The database counts places:
 * an offer beyond them fails there, however many are made at once.
 */
export async function changeEnrolmentStatus(
  { em, viewer }: UseCase,
  input: { enrolmentId: string; status: EnrolmentStatus },
) {
  const seen = isGlobalId(input.enrolmentId, "Enrolment")
    ? await em.findOne(EnrolmentEntity, { id: input.enrolmentId })
    : null;
  if (seen === null) return commonRefusals.NOT_FOUND(`There is no enrolment ${input.enrolmentId}.`);
  const actors = actorsOf(viewer, seen.personId);
  if (actors.length === 0) return commonRefusals.NOT_ALLOWED("Only the office and the person change an enrolment.");
  const enrolment = await em.findOneOrFail(
    EnrolmentEntity,
    { id: seen.id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (!mayStep(enrolment.status, input.status, actors))
    return enrolmentRefusals.ENROLMENT_STATUS_REFUSED(
      `You can't take an enrolment that is ${enrolment.status} to ${input.status}.`,
    );
  if (input.status === "COMPLETED" && !mayComplete(enrolment.sessionsAttended, enrolment.sessionsHeld))
    return enrolmentRefusals.ATTENDANCE_TOO_LOW(
      `${enrolment.sessionsAttended} of ${enrolment.sessionsHeld} sessions were attended; completion needs four fifths.`,
    );
  enrolment.status = input.status;
  try {
    await em.flush();
  } catch (error) {
    if (error instanceof CheckConstraintViolationException && error.message.includes("cohort_places_hold"))
      rollback(enrolmentRefusals.COHORT_FULL("Every place of the cohort is offered or taken."));
    throw error;
  }
  return { id: enrolment.id };
}
