import { loaderOf, statement, type GraphContext } from "@clic/subgraph-kit";
import { accounts, type AccountRow } from "./account.entity.ts";

/** The account of an issuer's subject, as far as the viewer may see accounts; null when there is none. */
export function findAccount(context: GraphContext, issuer: string, subject: string): Promise<AccountRow | null> {
  const batch = async (keys: readonly string[]): Promise<(AccountRow | null)[]> => {
    const pairs = keys.map((key) => JSON.parse(key) as [string, string]);
    const text = `select ${accounts.selection()} from ${accounts.table()} e join unnest($1::text[], $2::text[]) k(issuer, subject) using (issuer, subject)`;
    const values = [pairs.map(([one]) => one), pairs.map(([, one]) => one)];
    const rows = await context.reads.query<AccountRow>(statement(text), values);
    return pairs.map((pair) => rows.find((row) => row.issuer === pair[0] && row.subject === pair[1]) ?? null);
  };
  return loaderOf(context, accounts, "issuer and subject", batch).load(JSON.stringify([issuer, subject]));
}
