import { listRows, listUnder, type GraphContext, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { membershipsOf } from "../membership/membership.entity.ts";
import { membershipList } from "../membership/membership.list.ts";
import { organisations } from "../organisation/organisation.entity.ts";
import { secondments } from "../secondment/secondment.entity.ts";
import { people, type PersonRow } from "./person.entity.ts";
import { personList } from "./person.list.ts";
import { employerOf, mayReadName } from "./person.rules.ts";
import { readableId } from "../readable-id.ts";

interface Key {
  readonly id: string;
}

const resolvers = {
  Query: {
    me: (_: unknown, __: unknown, context: GraphContext) =>
      context.viewer.personId === null ? null : people.byId(context, context.viewer.personId),
    person: (_: unknown, { id }: Key, context: GraphContext) => people.byId(context, readableId(id, "Person")),
    people: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, personList, args),
  },
  Person: {
    __resolveReference: ({ id }: Key, context: GraphContext) => people.byId(context, id),
    displayName: async (person: PersonRow, _: unknown, context: GraphContext) =>
      mayReadName(context.viewer, person, []) ||
      mayReadName(context.viewer, person, await membershipsOf(context, person.id))
        ? person.displayName
        : null,
    employer: async ({ id }: Key, _: unknown, context: GraphContext) => {
      const employer = employerOf(await membershipsOf(context, id));
      return employer === null ? null : organisations.byId(context, employer);
    },
    memberships: ({ id }: Key, args: ListArguments, context: GraphContext) =>
      listUnder(context, membershipList, args, { property: "personId" }, id),
    secondments: ({ id }: Key, _: unknown, context: GraphContext) =>
      secondments.manyBy(context, "personId", id, "startsOn"),
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [personList] };
