import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { type Day, dayAt } from "../calendar/day.rules.ts";
import { FacultyMembershipEntity } from "../faculty/faculty-membership.entity.ts";
import { facultyRefusals } from "../faculty/faculty.refusals.ts";
import { facultyStatus, mayRecordTeaching } from "../faculty/faculty.rules.ts";
import { RpiwEntity } from "../rpiw/rpiw.entity.ts";
import { TeachingRecordEntity } from "./teaching-record.entity.ts";
import { teachingRefusals } from "./teaching.refusals.ts";
import { type TeachingKind, teachingProblem } from "./teaching.rules.ts";

export interface RecordTeachingInput {
  readonly membershipId: string;
  readonly kind: TeachingKind;
  readonly on: Day;
  readonly eventId?: string | null;
  readonly rpiwId?: string | null;
}

/**
 * Records evidence for somebody in the faculty, or on the way into it; resolves to the record's id or a refusal. The
 * introductory workshop comes first, and takes them into training. The database counts it on the membership, and keeps the
 * same workshop, event or project from counting twice.
 */
export async function recordTeaching({ em, viewer, now }: UseCase, input: RecordTeachingInput) {
  const { kind, on, eventId = null, rpiwId = null } = input;
  const notFound = commonRefusals.NOT_FOUND(`There is no faculty membership ${input.membershipId}.`);
  if (!isGlobalId(input.membershipId, "FacultyMembership")) return notFound;
  const membership = await em.findOne(FacultyMembershipEntity, { id: input.membershipId });
  if (membership === null) return notFound;
  if (!mayRecordTeaching(viewer, membership))
    return commonRefusals.NOT_ALLOWED("The office, or a person's coach, records what they taught.");
  const today = dayAt(now);
  const problem = teachingProblem({ kind, on, eventId, rpiwId }, today);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (rpiwId !== null && (await em.count(RpiwEntity, { id: rpiwId })) === 0)
    return commonRefusals.NOT_FOUND(`There is no RPIW ${rpiwId} here.`);
  const status = facultyStatus(membership, today);
  if (status === "LEFT" || (status === "NOMINATED" && kind !== "INTRODUCTORY_WORKSHOP"))
    return facultyRefusals.FACULTY_STATUS_REFUSED(
      status === "LEFT" ? "The person has left the faculty." : "An introductory workshop attended comes first.",
      { status },
    );
  const id = newGlobalId("TeachingRecord", now);
  const recordedById = viewer.personId;
  try {
    await em.insert(TeachingRecordEntity, {
      id,
      membershipId: membership.id,
      kind,
      tookPlaceOn: on,
      eventId,
      rpiwId,
      recordedById,
      source: "USER",
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(teachingRefusals.TEACHING_RECORDED_ALREADY("This is recorded already, and counts once."));
    // They left while this was recorded.
    if ((error as { constraint?: unknown }).constraint === "faculty_left")
      rollback(facultyRefusals.FACULTY_STATUS_REFUSED("The person has left the faculty.", { status: "LEFT" }));
    throw error;
  }
  return { id };
}
