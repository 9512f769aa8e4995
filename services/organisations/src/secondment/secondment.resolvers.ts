import { listRows, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { secondments } from "./secondment.entity.ts";
import { secondmentList } from "./secondment.list.ts";

const resolvers: Resolvers = {
  Query: { secondments: (_, args, context) => listRows(context, secondmentList, args) },
  Secondment: {
    __resolveReference: ({ id }, context) => secondments.byId(context, id),
    person: ({ personId }, _, context) => people.byId(context, personId),
    from: ({ homeId }, _, context) => organisations.byId(context, homeId),
    to: ({ hostId }, _, context) => organisations.byId(context, hostId),
  },
};

export const secondmentSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [secondmentList] };
