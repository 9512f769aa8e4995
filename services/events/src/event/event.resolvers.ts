import { typeOfGlobalId } from "@clic/global-id";
import { type GraphContext, isRefusal, type ListArguments, listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import { bookingList } from "../booking/booking.list.ts";
import { venues } from "../venue/venue.entity.ts";
import { cancelEvent } from "./cancel-event.ts";
import { changeEventCapacity } from "./change-event-capacity.ts";
import { createEvent, type CreateEventInput } from "./create-event.ts";
import { type EventRow, events } from "./event.entity.ts";
import { eventList } from "./event.list.ts";
import { eventRefusals } from "./event.refusals.ts";
import { mayReadCounts, mayReadWaiting } from "./event.rules.ts";
import { publishEvent } from "./publish-event.ts";

interface OfEvent {
  readonly eventId: string;
}

const read = async (context: GraphContext, result: object & { id?: string }) =>
  isRefusal(result) ? result : await events.byId(context, result.id as string);

const resolvers = {
  Query: {
    event: (_: unknown, { id }: { id: string }, context: GraphContext) => events.byId(context, id),
    events: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, eventList, args),
  },
  Mutation: {
    createEvent: async (_: unknown, { input }: { input: CreateEventInput }, context: GraphContext) =>
      read(context, await context.transact((useCase) => createEvent(useCase, input))),
    publishEvent: async (_: unknown, { input }: { input: OfEvent }, context: GraphContext) =>
      read(context, await context.transact((useCase) => publishEvent(useCase, input))),
    cancelEvent: async (_: unknown, { input }: { input: OfEvent }, context: GraphContext) =>
      read(context, await context.transact((useCase) => cancelEvent(useCase, input))),
    changeEventCapacity: async (
      _: unknown,
      { input }: { input: OfEvent & { capacity?: number | null } },
      context: GraphContext,
    ) => read(context, await context.transact((useCase) => changeEventCapacity(useCase, input))),
  },
  Event: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => events.byId(context, id),
    venue: ({ venueId }: EventRow, _: unknown, context: GraphContext) => venueId && venues.byId(context, venueId),
    host: ({ hostId }: EventRow) => hostId && { __typename: "Organisation", id: hostId },
    workItem: ({ workItemId }: EventRow) => workItemId && { __typename: typeOfGlobalId(workItemId), id: workItemId },
    confirmedCount: ({ hostId, confirmed }: EventRow, _: unknown, { viewer }: GraphContext) =>
      mayReadCounts(viewer, hostId ?? null) ? confirmed : null,
    waitingCount: ({ hostId, waiting }: EventRow, _: unknown, { viewer }: GraphContext) =>
      mayReadWaiting(viewer, hostId ?? null) ? waiting : null,
    countsSuppressed: ({ hostId }: EventRow, _: unknown, { viewer }: GraphContext) =>
      !mayReadCounts(viewer, hostId ?? null),
    bookings: ({ id }: EventRow, args: ListArguments, context: GraphContext) =>
      listUnder(context, bookingList, args, { property: "eventId" }, id),
  },
};

export const eventSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [eventList],
  refusals: eventRefusals,
};
