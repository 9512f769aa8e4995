import { listRows, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { memberships } from "./membership.entity.ts";
import { membershipList } from "./membership.list.ts";

const resolvers: Resolvers = {
  Query: { memberships: (_, args, context) => listRows(context, membershipList, args) },
  Membership: {
    __resolveReference: ({ id }, context) => memberships.byId(context, id),
    organisation: ({ organisationId }, _, context) => organisations.byId(context, organisationId),
    person: ({ personId }, _, context) => people.byId(context, personId),
  },
};

export const membershipSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [membershipList] };
