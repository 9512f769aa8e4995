import { listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import { eventList } from "../event/event.list.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { venues } from "./venue.entity.ts";
import { venueList } from "./venue.list.ts";

const resolvers: Resolvers = {
  Query: {
    venue: (_, { id }, context) => venues.byId(context, id),
    venues: (_, args, context) => listRows(context, venueList, args),
  },
  Venue: {
    __resolveReference: ({ id }, context) => venues.byId(context, id),
    events: ({ id }, args, context) => listUnder(context, eventList, args, { property: "venueId" }, id),
  },
};

export const venueSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [venueList] };
