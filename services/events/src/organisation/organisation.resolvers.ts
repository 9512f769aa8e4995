import { isGlobalId } from "@clic/global-id";
import { type GraphContext, type ListArguments, listUnder, type Slice } from "@clic/subgraph-kit";
import { eventList } from "../event/event.list.ts";

interface Reference {
  readonly id: string;
}

const resolvers = {
  Organisation: {
    __resolveReference: (reference: Reference) => (isGlobalId(reference.id, "Organisation") ? reference : null),
    hostedEvents: ({ id }: Reference, args: ListArguments, context: GraphContext) =>
      listUnder(context, eventList, args, { property: "hostId" }, id),
  },
};

export const organisationSlice: Slice = { directory: import.meta.dirname, resolvers };
