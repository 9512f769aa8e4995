import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { CourseEntity } from "../course/course.entity.ts";
import { EventCreditEntity } from "./event-credit.entity.ts";

export interface CreditEventInput {
  readonly eventId: string;
  readonly cpdMinutes: number;
  readonly courseId?: string | null;
}

/** Sets what an event counts for; resolves to the event's id or a refusal. Whether the event exists is Events' to know. */
export async function creditEvent({ em, viewer }: UseCase, input: CreditEventInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office credits events.");
  if (!isGlobalId(input.eventId, "Event"))
    return commonRefusals.INVALID_INPUT("eventId is not the id of an event (evt_…).");
  if (input.cpdMinutes < 1 || input.cpdMinutes > 10_080)
    return commonRefusals.INVALID_INPUT("cpdMinutes is 1 to 10,080.");
  if (input.courseId != null) {
    const course = isGlobalId(input.courseId, "Course") ? await em.findOne(CourseEntity, { id: input.courseId }) : null;
    if (course === null) return commonRefusals.NOT_FOUND(`There is no course ${input.courseId}.`);
  }
  await em.upsert(EventCreditEntity, {
    eventId: input.eventId,
    cpdMinutes: input.cpdMinutes,
    courseId: input.courseId ?? null,
    source: "USER",
  });
  return { id: input.eventId };
}
