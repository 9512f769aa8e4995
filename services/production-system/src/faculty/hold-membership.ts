import { isGlobalId } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { dayAt } from "../calendar/day.rules.ts";
import { FacultyMembershipEntity } from "./faculty-membership.entity.ts";
import { facultyRefusals } from "./faculty.refusals.ts";
import { facultyStatus, mayTake } from "./faculty.rules.ts";

/**
 * A membership under a row lock, for a viewer who may take this step of it and in a state that allows it; a refusal
 * otherwise. Changes of a membership begin here, so that they come one after the other.
 */
export async function holdMembership(
  { em, viewer, now }: UseCase,
  id: string,
  step: { readonly by: string; readonly may: (viewer: Viewer, personId: string) => boolean; readonly who: string },
) {
  const notFound = commonRefusals.NOT_FOUND(`There is no faculty membership ${id}.`);
  if (!isGlobalId(id, "FacultyMembership")) return notFound;
  const seen = await em.findOne(FacultyMembershipEntity, { id });
  if (seen === null) return notFound;
  if (!step.may(viewer, seen.personId)) return commonRefusals.NOT_ALLOWED(step.who);
  const membership = await em.refreshOrFail(seen, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const status = facultyStatus(membership, dayAt(now));
  if (!mayTake(status, step.by))
    return facultyRefusals.FACULTY_STATUS_REFUSED(`The membership is ${status}, which does not allow this.`, {
      status,
    });
  return membership;
}
