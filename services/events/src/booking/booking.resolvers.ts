import { listRows, mutate, once, type Slice } from "@clic/subgraph-kit";
import { events } from "../event/event.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { bookPlace } from "./book-place.ts";
import { bookings } from "./booking.entity.ts";
import { bookingList } from "./booking.list.ts";
import { bookingRefusals } from "./booking.refusals.ts";
import { mayReadPerson } from "./booking.rules.ts";
import { cancelBooking } from "./cancel-booking.ts";
import { placeInLine } from "./place-in-line.ts";

const resolvers: Resolvers = {
  Query: {
    booking: (_, { id }, context) => bookings.byId(context, id),
    bookings: (_, args, context) => listRows(context, bookingList, args),
  },
  Mutation: {
    bookPlace: (_, { input }, context) =>
      mutate(context, bookings, (useCase) =>
        once(useCase, { mutation: "bookPlace", input }, (inner) => bookPlace(inner, input)),
      ),
    cancelBooking: (_, { input }, context) => mutate(context, bookings, (useCase) => cancelBooking(useCase, input)),
  },
  Booking: {
    __resolveReference: ({ id }, context) => bookings.byId(context, id),
    event: ({ eventId }, _, context) => events.byId(context, eventId),
    person: ({ personId }, _, { viewer }) =>
      mayReadPerson(viewer, personId) ? { __typename: "Person", id: personId } : null,
    organisation: ({ organisationId }) =>
      organisationId == null ? null : { __typename: "Organisation", id: organisationId },
    position: (booking, _, context) => placeInLine(context, booking),
  },
  AlreadyBooked: {
    booking: ({ bookingId }, _, context) => bookings.byId(context, bookingId),
  },
};

export const bookingSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [bookingList],
  refusals: bookingRefusals,
};
