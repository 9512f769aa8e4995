import { defineRows, idOf, ledBy, type Row, seenWith } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";
import type { StrategyKey } from "../work-item/work-item.rules.ts";
import type { SupportRequestStatus } from "./support-request.rules.ts";

export const SupportRequestEntity = defineEntity({
  name: "SupportRequest",
  tableName: "support_request",
  schema: "organisations",
  properties: {
    id: p.type(idOf("SupportRequest")).primary(),
    requestedById: p.type(idOf("Organisation")),
    requestedByPersonId: p.type(idOf("Person")).nullable(),
    title: p.text(),
    need: p.text(),
    sponsorId: p.type(idOf("Person")).nullable(),
    receivedOn: p.date(),
    strategy: p.text().$type<StrategyKey>().nullable(),
    status: p.text().$type<SupportRequestStatus>(),
    /** By which its assessments are made; settled by the first of them. */
    criteriaSetId: p.type(idOf("CriteriaSet")).nullable(),
    score: p.double().$type<number>().nullable(),
    moderationNeeded: p.boolean().default(false),
    decisionReason: p.text().nullable(),
    redirectedToId: p.type(idOf("Organisation")).nullable(),
    redirectedToBody: p.text().nullable(),
    decidedAt: p.datetime().columnType("timestamptz(3)").nullable(),
    source: p.text().$type<Source>(),
  },
});

export const supportRequests = defineRows(SupportRequestEntity, {
  type: "SupportRequest",
  sight: seenWith(["operations:read", "request:assess", "request:sponsor", "analysis:read"], (viewer) => [
    { property: "requestedByPersonId", is: viewer.personId },
    { property: "requestedById", is: ledBy(viewer) },
  ]),
});
export type SupportRequestRow = Row<InferEntity<typeof SupportRequestEntity>>;
export type SupportRequest = InferEntity<typeof SupportRequestEntity>;
