import { type GraphContext, isRefusal, type ListArguments, listRows, type Slice } from "@clic/subgraph-kit";
import { events } from "../event/event.entity.ts";
import { bookPlace, type BookPlaceInput } from "./book-place.ts";
import { type BookingRow, bookings } from "./booking.entity.ts";
import { bookingList } from "./booking.list.ts";
import { bookingRefusals } from "./booking.refusals.ts";
import { mayReadPerson } from "./booking.rules.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { placeInLine } from "./place-in-line.ts";

const read = async (context: GraphContext, result: object & { id?: string }) =>
  isRefusal(result) ? result : await bookings.byId(context, result.id as string);

const resolvers = {
  Query: {
    booking: (_: unknown, { id }: { id: string }, context: GraphContext) => bookings.byId(context, id),
    bookings: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, bookingList, args),
  },
  Mutation: {
    bookPlace: async (_: unknown, { input }: { input: BookPlaceInput }, context: GraphContext) =>
      read(context, await context.transact((useCase) => bookPlace(useCase, input))),
    cancelBooking: async (_: unknown, { input }: { input: { bookingId: string } }, context: GraphContext) =>
      read(context, await context.transact((useCase) => cancelBooking(useCase, input))),
  },
  Booking: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => bookings.byId(context, id),
    event: ({ eventId }: BookingRow, _: unknown, context: GraphContext) => events.byId(context, eventId),
    person: ({ personId }: BookingRow, _: unknown, { viewer }: GraphContext) =>
      mayReadPerson(viewer, personId) ? { __typename: "Person", id: personId } : null,
    organisation: ({ organisationId }: BookingRow) =>
      organisationId && { __typename: "Organisation", id: organisationId },
    position: (booking: BookingRow, _: unknown, context: GraphContext) => placeInLine(context, booking),
  },
  AlreadyBooked: {
    booking: ({ bookingId }: { bookingId: string }, _: unknown, context: GraphContext) =>
      bookings.byId(context, bookingId),
  },
};

export const bookingSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [bookingList],
  refusals: bookingRefusals,
};
