import { isGlobalId } from "@clic/global-id";
import { isTooSmallFor, mayReadCountsOf } from "@clic/identity";
import type { Slice } from "@clic/subgraph-kit";
import { leadersEnrolled } from "../enrolment/enrolment.loaders.ts";
import type { Resolvers } from "../generated/resolvers.ts";

const resolvers: Resolvers = {
  Organisation: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Organisation") ? reference : null),
    leadersEnrolled: async ({ id }, _, context) => {
      if (!mayReadCountsOf(context.viewer, id)) return null;
      const people = await leadersEnrolled(context, id);
      return isTooSmallFor(context.viewer, id, people) ? null : people;
    },
    leadersEnrolledSuppressed: async ({ id }, _, context) =>
      mayReadCountsOf(context.viewer, id)
        ? isTooSmallFor(context.viewer, id, await leadersEnrolled(context, id))
        : null,
  },
};

export const organisationSlice: Slice = { directory: import.meta.dirname, resolvers };
