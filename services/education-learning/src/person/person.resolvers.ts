import { isGlobalId } from "@clic/global-id";
import { listUnder, type Slice } from "@clic/subgraph-kit";
import { completionList } from "../completion/completion.list.ts";
import { mayReadPerson } from "../completion/completion.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";

const resolvers: Resolvers = {
  Query: {
    // Here as well, so that nobody is asked first who the viewer is.
    me: (_, __, { viewer: { personId } }) => (personId === null ? null : { __typename: "Person", id: personId }),
  },
  Person: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Person") ? reference : null),
    certificates: ({ id }, args, context) =>
      mayReadPerson(context.viewer, id) ? listUnder(context, completionList, args, { property: "personId" }, id) : null,
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers };
