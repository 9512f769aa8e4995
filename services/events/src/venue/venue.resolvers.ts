import { type GraphContext, type ListArguments, listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import { eventList } from "../event/event.list.ts";
import { type VenueRow, venues } from "./venue.entity.ts";
import { venueList } from "./venue.list.ts";

const resolvers = {
  Query: {
    venue: (_: unknown, { id }: { id: string }, context: GraphContext) => venues.byId(context, id),
    venues: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, venueList, args),
  },
  Venue: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => venues.byId(context, id),
    events: ({ id }: VenueRow, args: ListArguments, context: GraphContext) =>
      listUnder(context, eventList, args, { property: "venueId" }, id),
  },
};

export const venueSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [venueList] };
