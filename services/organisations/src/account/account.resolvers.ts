import { forbidden, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { membershipsOf } from "../membership/membership.entity.ts";
import { membershipsInForce } from "./account.rules.ts";
import { findAccount } from "./find-account.ts";

const resolvers: Resolvers = {
  Query: {
    account: (_, { issuer, subject }, context) => {
      if (!context.viewer.scopes.has("account:resolve")) throw forbidden("Accounts are for the gateway alone.");
      return findAccount(context, issuer, subject);
    },
  },
  Account: {
    memberships: async ({ personId }, _, context) =>
      personId == null
        ? []
        : membershipsInForce(await membershipsOf(context, personId), context.now.toISOString().slice(0, 10)),
  },
  AccountMembership: { primary: ({ isPrimary }) => isPrimary },
};

export const accountSlice: Slice = { directory: import.meta.dirname, resolvers };
