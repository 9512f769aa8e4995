import { isGlobalId } from "@clic/global-id";
import { type GraphContext, type ListArguments, listUnder, type Slice } from "@clic/subgraph-kit";
import { bookingList } from "../booking/booking.list.ts";
import { mayReadPerson } from "../booking/booking.rules.ts";

interface Reference {
  readonly id: string;
}

const resolvers = {
  Person: {
    __resolveReference: (reference: Reference) => (isGlobalId(reference.id, "Person") ? reference : null),
    bookings: ({ id }: Reference, args: ListArguments, context: GraphContext) =>
      mayReadPerson(context.viewer, id) ? listUnder(context, bookingList, args, { property: "personId" }, id) : null,
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers };
