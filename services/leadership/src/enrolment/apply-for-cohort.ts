import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { CohortEntity } from "../programme/programme.entity.ts";
import { EnrolmentEntity } from "./enrolment.entity.ts";
import { enrolmentRefusals } from "./enrolment.refusals.ts";

/** Asks for a place for the viewer; resolves to the enrolment's id or a refusal. One live enrolment a person and cohort. */
export async function applyForCohort({ em, viewer, now }: UseCase, input: { cohortId: string }) {
  if (viewer.personId === null || !viewer.scopes.has("record:self"))
    return commonRefusals.NOT_ALLOWED("Sign in as a member to apply.");
  const cohort = isGlobalId(input.cohortId, "Cohort") ? await em.findOne(CohortEntity, { id: input.cohortId }) : null;
  if (cohort === null) return commonRefusals.NOT_FOUND(`There is no cohort ${input.cohortId}.`);
  const id = newGlobalId("Enrolment", now);
  try {
    await em.insert(EnrolmentEntity, {
      id,
      cohortId: cohort.id,
      personId: viewer.personId,
      organisationId: viewer.organisationId,
      status: "APPLIED",
      appliedAt: now,
      source: "USER",
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(enrolmentRefusals.APPLIED_ALREADY("You have a live enrolment in this cohort already."));
    throw error;
  }
  return { id };
}
