import { type GraphContext, isRefusal, type Slice } from "@clic/subgraph-kit";
import { courses } from "../course/course.entity.ts";
import { creditEvent, type CreditEventInput } from "./credit-event.ts";
import { eventCredits } from "./event-credit.entity.ts";

interface Reference {
  readonly id: string;
}

const credit = ({ id }: Reference, context: GraphContext) => eventCredits.byKey(context, "eventId", id);

const resolvers = {
  Mutation: {
    creditEvent: async (_: unknown, { input }: { input: CreditEventInput }, context: GraphContext) => {
      const result = await context.transact((useCase) => creditEvent(useCase, input));
      return isRefusal(result) ? result : { __typename: "Event", ...result };
    },
  },
  Event: {
    __resolveReference: (reference: Reference) => reference,
    cpdMinutes: async (event: Reference, _: unknown, context: GraphContext) =>
      (await credit(event, context))?.cpdMinutes,
    course: async (event: Reference, _: unknown, context: GraphContext) => {
      const courseId = (await credit(event, context))?.courseId;
      return courseId && courses.byId(context, courseId);
    },
  },
};

export const eventSlice: Slice = { directory: import.meta.dirname, resolvers };
