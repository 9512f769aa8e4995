import { decodeGlobalId, isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { dayAt } from "../calendar/day.rules.ts";
import { refusedNow } from "../rpiw/change-phase.ts";
import { RpiwEntity } from "../rpiw/rpiw.entity.ts";
import { maySignWaiver, reasonProblem } from "../rpiw/rpiw.rules.ts";
import { ReviewEntity } from "./review.entity.ts";
import { reviewRefusals } from "./review.refusals.ts";

/**
 * Signs, as the viewer, that a review need not be held; resolves to its id or a refusal. The sponsor may not lock the
 * RPIW, so one conditional UPDATE decides against whoever holds or waives the review at the same moment.
 */
export async function waiveReview(
  { em, viewer, now }: UseCase,
  input: { readonly reviewId: string; readonly reason: string },
) {
  const problem = reasonProblem(input.reason);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const review = isGlobalId(input.reviewId, "Review") ? await em.findOne(ReviewEntity, { id: input.reviewId }) : null;
  if (review === null) return commonRefusals.NOT_FOUND("There is no such review.");
  const rpiw = await em.findOneOrFail(RpiwEntity, { id: review.rpiwId });
  if (!maySignWaiver(viewer, rpiw))
    return commonRefusals.NOT_ALLOWED(
      "A waiver is signed by the RPIW's sponsor or the office, and never by its process owner.",
    );
  const refused = refusedNow(rpiw, "review", "Reviews are waived, but");
  if (refused !== null) return refused;
  const waived = await em.execute<object[]>(
    `update production_system.review v set waived_on = ?, waived_by_id = ?, waiver_reason = ?
     where v.id = ? and v.held_on is null and v.waived_on is null returning v.id`,
    [
      dayAt(now),
      decodeGlobalId(viewer.personId as string, "Person").uuid,
      input.reason.trim(),
      decodeGlobalId(review.id, "Review").uuid,
    ],
  );
  return waived.length === 0
    ? reviewRefusals.REVIEW_SETTLED("This review was held or waived already.")
    : { id: review.id };
}
