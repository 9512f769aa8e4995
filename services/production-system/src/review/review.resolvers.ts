import { listRows, mutate, type Slice } from "@clic/subgraph-kit";
import { dayAt, dayOf } from "../calendar/day.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { person } from "../rpiw/refer-to-person.ts";
import { rpiws } from "../rpiw/rpiw.entity.ts";
import { rpiwReference } from "../rpiw/refer-to-rpiw.ts";
import { mayReadMeasures, mayReadPeople } from "../rpiw/rpiw.rules.ts";
import { holdReview } from "./hold-review.ts";
import { reviews } from "./review.entity.ts";
import { reviewList } from "./review.list.ts";
import { reviewRefusals } from "./review.refusals.ts";
import { isOverdue } from "./review.rules.ts";
import { waiveReview } from "./waive-review.ts";

const resolvers: Resolvers = {
  Query: { reviews: (_, args, context) => listRows(context, reviewList, args) },
  Rpiw: {
    reviews: ({ id, source }, _, context) =>
      source !== null && mayReadMeasures(context.viewer) ? reviews.manyBy(context, "rpiwId", id, "dueOn") : null,
  },
  Review: {
    __resolveReference: ({ id }, context) => reviews.byId(context, id),
    overdue: async (review, _, context) => {
      const rpiw = await rpiws.byId(context, review.rpiwId);
      return isOverdue(review, rpiw?.phase ?? null, dayAt(context.now));
    },
    waiver: (review) => (review.waivedOn === null ? null : review),
    rpiw: ({ rpiwId }, _, context) => rpiwReference(context, rpiwId),
  },
  ReviewWaiver: {
    signedOn: ({ waivedOn }) => waivedOn as string,
    signedBy: ({ waivedById }, _, { viewer }) => person(viewer, waivedById),
    reason: ({ waiverReason }, _, { viewer }) => (mayReadPeople(viewer) ? waiverReason : null),
  },
  Mutation: {
    holdReview: (_, { input: { reviewId, heldOn } }, context) =>
      mutate(context, reviews, (useCase) => holdReview(useCase, { reviewId, heldOn: dayOf(heldOn) })),
    waiveReview: (_, { input }, context) => mutate(context, reviews, (useCase) => waiveReview(useCase, input)),
  },
};

export const reviewSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [reviewList],
  refusals: reviewRefusals,
};
