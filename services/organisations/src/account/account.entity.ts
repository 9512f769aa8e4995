import { defineRows, idOf, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";

export const AccountEntity = defineEntity({
  name: "Account",
  tableName: "account",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Account")).primary(),
    issuer: p.text(),
    subject: p.text(),
    kind: p.text().$type<"PERSON" | "CLIENT">(),
    personId: p.type(idOf("Person")).nullable(),
    clientId: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export const accounts = defineRows(AccountEntity, { type: "Account", sight: seenWith(["account:resolve"]) });
export type AccountRow = Row<InferEntity<typeof AccountEntity>>;
