import { listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { membershipsOf } from "../membership/membership.entity.ts";
import { membershipList } from "../membership/membership.list.ts";
import { organisations } from "../organisation/organisation.entity.ts";
import { readableId } from "../readable-id.ts";
import { secondments } from "../secondment/secondment.entity.ts";
import { people } from "./person.entity.ts";
import { personList } from "./person.list.ts";
import { employerOf, mayReadName } from "./person.rules.ts";

const resolvers: Resolvers = {
  Query: {
    me: (_, __, context) => (context.viewer.personId === null ? null : people.byId(context, context.viewer.personId)),
    person: (_, { id }, context) => people.byId(context, readableId(id, "Person")),
    people: (_, args, context) => listRows(context, personList, args),
  },
  Person: {
    __resolveReference: ({ id }, context) => people.byId(context, id),
    displayName: async (person, _, context) => {
      // Most viewers' right to a name needs no look at memberships, and so no statement.
      if (mayReadName(context.viewer, person, [])) return person.displayName ?? null;
      const memberships = await membershipsOf(context, person.id);
      return mayReadName(context.viewer, person, memberships) ? (person.displayName ?? null) : null;
    },
    employer: async ({ id }, _, context) => {
      const employer = employerOf(await membershipsOf(context, id));
      return employer === null ? null : organisations.byId(context, employer);
    },
    memberships: ({ id }, args, context) => listUnder(context, membershipList, args, { property: "personId" }, id),
    secondments: ({ id }, _, context) => secondments.manyBy(context, "personId", id, "startsOn"),
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [personList] };
