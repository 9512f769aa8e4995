import type { GraphContext, Slice } from "@clic/subgraph-kit";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { secondments, type SecondmentRow } from "./secondment.entity.ts";

const resolvers = {
  Secondment: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => secondments.byId(context, id),
    person: ({ personId }: SecondmentRow, _: unknown, context: GraphContext) => people.byId(context, personId),
    from: ({ homeId }: SecondmentRow, _: unknown, context: GraphContext) => organisations.byId(context, homeId),
    to: ({ hostId }: SecondmentRow, _: unknown, context: GraphContext) => organisations.byId(context, hostId),
  },
};

export const secondmentSlice: Slice = { directory: import.meta.dirname, resolvers };
