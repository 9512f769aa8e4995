import { isGlobalId } from "@clic/global-id";
import { listUnder, type Slice } from "@clic/subgraph-kit";
import { bookingList } from "../booking/booking.list.ts";
import { mayReadPerson } from "../booking/booking.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";

const resolvers: Resolvers = {
  Query: {
    // Here as well, so that nobody is asked first who the viewer is.
    me: (_, __, { viewer: { personId } }) => (personId === null ? null : { __typename: "Person", id: personId }),
  },
  Person: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Person") ? reference : null),
    bookings: ({ id }, args, context) =>
      mayReadPerson(context.viewer, id) ? listUnder(context, bookingList, args, { property: "personId" }, id) : null,
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers };
