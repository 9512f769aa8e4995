import { listUnder, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { enrolmentList } from "../enrolment/enrolment.list.ts";

const resolvers: Resolvers = {
  Query: {
    // Here as well, so that nobody is asked first who the viewer is.
    me: (_, __, { viewer: { personId } }) => (personId === null ? null : { __typename: "Person", id: personId }),
  },
  Person: {
    __resolveReference: (reference) => reference,
    leadershipEnrolments: ({ id }, args, context) =>
      listUnder(context, enrolmentList, args, { property: "personId" }, id),
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers };
