import { decodeGlobalId, isGlobalId } from "@clic/global-id";
import { listUnder, type Slice, type Under } from "@clic/subgraph-kit";
import { eventList } from "../event/event.list.ts";
import { upcoming } from "../event/event.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";

const eventsOf: Under = { table: "event_workstream", parent: "workstream_id", child: "event_id", type: "uuid" };

const resolvers: Resolvers = {
  Workstream: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Workstream") ? reference : null),
    upcomingEvents: ({ id }, args, context) => {
      // An explicit null stays null, for the list to refuse.
      const where = args.where === null ? null : { and: [upcoming(context.now), args.where ?? {}] };
      return listUnder(context, eventList, { ...args, where }, eventsOf, decodeGlobalId(id, "Workstream").uuid);
    },
  },
};

export const workstreamSlice: Slice = { directory: import.meta.dirname, resolvers };
