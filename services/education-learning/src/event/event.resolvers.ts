import { isRefusal, type GraphContext, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { courses } from "../course/course.entity.ts";
import { creditEvent } from "./credit-event.ts";
import { eventCredits } from "./event-credit.entity.ts";

interface Reference {
  readonly id: string;
}

const credit = ({ id }: Reference, context: GraphContext) => eventCredits.byKey(context, "eventId", id);

const resolvers: Resolvers = {
  Mutation: {
    creditEvent: async (_, { input }, context) => {
      const result = await context.transact((useCase) => creditEvent(useCase, input));
      return isRefusal(result) ? result : { __typename: "Event", ...result };
    },
  },
  Event: {
    __resolveReference: (reference) => reference,
    cpdMinutes: async (event, _, context) => (await credit(event, context))?.cpdMinutes ?? null,
    course: async (event, _, context) => {
      const courseId = (await credit(event, context))?.courseId;
      return courseId == null ? null : await courses.byId(context, courseId);
    },
  },
};

export const eventSlice: Slice = { directory: import.meta.dirname, resolvers };
