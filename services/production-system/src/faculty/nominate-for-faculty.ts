import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { dayAt } from "../calendar/day.rules.ts";
import { FacultyMembershipEntity } from "./faculty-membership.entity.ts";
import { facultyRefusals } from "./faculty.refusals.ts";
import { type FacultyLevel, mayNominate, sessionsOf } from "./faculty.rules.ts";

export interface NominateForFacultyInput {
  readonly personId: string;
  readonly organisationId?: string | null;
  readonly level: FacultyLevel;
  readonly coachId?: string | null;
}

/** Nominates somebody; resolves to the membership's id or a refusal. The database keeps one live membership a person. */
export async function nominateForFaculty({ em, viewer, now }: UseCase, input: NominateForFacultyInput) {
  const organisationId = input.organisationId ?? viewer.organisationId;
  if (organisationId !== null && !isGlobalId(organisationId, "Organisation"))
    return commonRefusals.INVALID_INPUT("organisationId is not the id of an organisation (org_…).");
  if (!mayNominate(viewer, organisationId))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the organisation, nominates for the faculty.");
  const { personId, level, coachId = null } = input;
  if (!isGlobalId(personId, "Person") || (coachId !== null && !isGlobalId(coachId, "Person")))
    return commonRefusals.INVALID_INPUT("Who is nominated, and a coach, is a person (per_…).");
  if (coachId === personId) return commonRefusals.INVALID_INPUT("Nobody coaches themselves.");
  const id = newGlobalId("FacultyMembership", now);
  const nominatedOn = dayAt(now);
  const sessionsNeeded = sessionsOf[level];
  try {
    await em.insert(FacultyMembershipEntity, {
      id,
      personId,
      organisationId,
      level,
      coachId,
      nominatedOn,
      sessionsNeeded,
      source: "USER",
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(facultyRefusals.IN_FACULTY_ALREADY("This person is in the faculty already, or on the way into it."));
    throw error;
  }
  return { id };
}
