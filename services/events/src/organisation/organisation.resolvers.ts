import { isGlobalId } from "@clic/global-id";
import { listUnder, type Slice } from "@clic/subgraph-kit";
import { eventList } from "../event/event.list.ts";
import type { Resolvers } from "../generated/resolvers.ts";

const resolvers: Resolvers = {
  Organisation: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Organisation") ? reference : null),
    hostedEvents: ({ id }, args, context) => listUnder(context, eventList, args, { property: "hostId" }, id),
  },
};

export const organisationSlice: Slice = { directory: import.meta.dirname, resolvers };
