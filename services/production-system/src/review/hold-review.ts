import { isGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { type Day, dayAt } from "../calendar/day.rules.ts";
import { changePhase, refusedNow } from "../rpiw/change-phase.ts";
import { lockRpiw } from "../rpiw/lock-rpiw.ts";
import { ReviewEntity } from "./review.entity.ts";
import { reviewRefusals } from "./review.refusals.ts";
import { heldProblem, isSettled } from "./review.rules.ts";

/** Records that a review was held; the first one takes the RPIW into follow-up. Resolves to the review's id or a refusal. */
export async function holdReview(useCase: UseCase, input: { readonly reviewId: string; readonly heldOn: Day }) {
  const { em, now } = useCase;
  const review = isGlobalId(input.reviewId, "Review") ? await em.findOne(ReviewEntity, { id: input.reviewId }) : null;
  if (review === null) return commonRefusals.NOT_FOUND("There is no such review.");
  const rpiw = await lockRpiw(useCase, review.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  // A waiver needs no lock on the RPIW, so the review has one of its own.
  await em.refresh(review, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const refused = refusedNow(rpiw, "review", "Reviews are held, but");
  if (refused !== null) return refused;
  if (isSettled(review)) return reviewRefusals.REVIEW_SETTLED("This review was held or waived already.");
  const problem = heldProblem({ heldOn: input.heldOn, reportedOutOn: rpiw.reportedOutOn ?? null, today: dayAt(now) });
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  review.heldOn = input.heldOn;
  if (rpiw.phase === "REPORTED_OUT") await changePhase(useCase, rpiw, "FOLLOW_UP");
  return { id: review.id };
}
