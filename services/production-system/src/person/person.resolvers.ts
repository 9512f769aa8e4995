import { isGlobalId } from "@clic/global-id";
import type { Slice } from "@clic/subgraph-kit";
import { facultyMemberships } from "../faculty/faculty-membership.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";

const resolvers: Resolvers = {
  Query: {
    // Here as well, so that nobody is asked first who the viewer is.
    me: (_, __, { viewer: { personId } }) => (personId === null ? null : { __typename: "Person", id: personId }),
  },
  Person: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Person") ? reference : null),
    faculty: async ({ id }, _, context) => {
      const memberships = await facultyMemberships.manyBy(context, "personId", id, "nominatedOn");
      return memberships.find(({ leftOn }) => leftOn === null) ?? null;
    },
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers };
