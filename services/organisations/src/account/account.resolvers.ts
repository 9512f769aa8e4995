import { forbidden, loaderOf, statement, type GraphContext, type Slice } from "@clic/subgraph-kit";
import { membershipsOf, type MembershipRow } from "../membership/membership.entity.ts";
import { accounts, type AccountRow } from "./account.entity.ts";
import { membershipsInForce } from "./account.rules.ts";

interface Key {
  readonly issuer: string;
  readonly subject: string;
}

function accountOf(context: GraphContext, key: Key): Promise<AccountRow | null> {
  const find = async (keys: readonly string[]): Promise<(AccountRow | null)[]> => {
    const pairs = keys.map((one) => JSON.parse(one) as [string, string]);
    const text = `select ${accounts.selection()} from ${accounts.table()} e join unnest($1::text[], $2::text[]) k(issuer, subject) on (e.issuer, e.subject) = (k.issuer, k.subject)`;
    const rows = await context.reads.query<AccountRow>(statement(text), [
      pairs.map(([issuer]) => issuer),
      pairs.map(([, subject]) => subject),
    ]);
    return pairs.map(
      ([issuer, subject]) => rows.find((row) => row.issuer === issuer && row.subject === subject) ?? null,
    );
  };
  return loaderOf(context, accounts, "issuer and subject", find).load(JSON.stringify([key.issuer, key.subject]));
}

const resolvers = {
  Query: {
    account: (_: unknown, key: Key, context: GraphContext) => {
      if (!context.viewer.scopes.has("account:resolve")) throw forbidden("Accounts are for the gateway alone.");
      return accountOf(context, key);
    },
  },
  Account: {
    memberships: async ({ personId }: AccountRow, _: unknown, context: GraphContext) =>
      personId == null
        ? []
        : membershipsInForce(await membershipsOf(context, personId), context.now.toISOString().slice(0, 10)),
  },
  AccountMembership: { primary: ({ isPrimary }: MembershipRow) => isPrimary },
};

export const accountSlice: Slice = { directory: import.meta.dirname, resolvers };
