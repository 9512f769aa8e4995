import { listRows, listUnder, mutate, type Slice } from "@clic/subgraph-kit";
import { bookingList } from "../booking/booking.list.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { venues } from "../venue/venue.entity.ts";
import { workItemReference } from "../work-item/work-item.rules.ts";
import { cancelEvent } from "./cancel-event.ts";
import { changeEventCapacity } from "./change-event-capacity.ts";
import { createEvent } from "./create-event.ts";
import { events } from "./event.entity.ts";
import { eventList } from "./event.list.ts";
import { eventRefusals } from "./event.refusals.ts";
import { mayReadCounts, mayReadWaiting } from "./event.rules.ts";
import { publishEvent } from "./publish-event.ts";

const resolvers: Resolvers = {
  Query: {
    event: (_, { id }, context) => events.byId(context, id),
    events: (_, args, context) => listRows(context, eventList, args),
  },
  Mutation: {
    createEvent: (_, { input }, context) => mutate(context, events, (useCase) => createEvent(useCase, input)),
    publishEvent: (_, { input }, context) => mutate(context, events, (useCase) => publishEvent(useCase, input)),
    cancelEvent: (_, { input }, context) => mutate(context, events, (useCase) => cancelEvent(useCase, input)),
    changeEventCapacity: (_, { input }, context) =>
      mutate(context, events, (useCase) => changeEventCapacity(useCase, input)),
  },
  Event: {
    __resolveReference: ({ id }, context) => events.byId(context, id),
    venue: ({ venueId }, _, context) => (venueId == null ? null : venues.byId(context, venueId)),
    host: ({ hostId }) => (hostId == null ? null : { __typename: "Organisation", id: hostId }),
    workItem: ({ workItemId }) => (workItemId == null ? null : workItemReference(workItemId)),
    confirmedCount: ({ hostId, confirmed }, _, { viewer }) => (mayReadCounts(viewer, hostId) ? confirmed : null),
    waitingCount: ({ hostId, waiting }, _, { viewer }) => (mayReadWaiting(viewer, hostId) ? waiting : null),
    countsSuppressed: ({ hostId }, _, { viewer }) => !mayReadCounts(viewer, hostId),
    bookings: ({ id }, args, context) => listUnder(context, bookingList, args, { property: "eventId" }, id),
  },
};

export const eventSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [eventList],
  refusals: eventRefusals,
};
