import type { GraphContext, Slice } from "@clic/subgraph-kit";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { memberships, type MembershipRow } from "./membership.entity.ts";
import { membershipList } from "./membership.list.ts";

const resolvers = {
  Membership: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => memberships.byId(context, id),
    organisation: ({ organisationId }: MembershipRow, _: unknown, context: GraphContext) =>
      organisations.byId(context, organisationId),
    person: ({ personId }: MembershipRow, _: unknown, context: GraphContext) => people.byId(context, personId),
  },
};

export const membershipSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [membershipList] };
