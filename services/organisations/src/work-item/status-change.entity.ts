import { defineList, defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";
import type { WorkItemStatus } from "./work-item.rules.ts";

export const StatusChangeEntity = defineEntity({
  name: "WorkItemStatusChange",
  tableName: "work_item_status_change",
  schema: "organisations",
  properties: {
    id: p.uuid().primary(),
    workItemId: p.text(),
    fromStatus: p.text().$type<WorkItemStatus>().nullable(),
    toStatus: p.text().$type<WorkItemStatus>(),
    changedAt: p.datetime().columnType("timestamptz(3)"),
    changedById: p.type(idOf("Person")).nullable(),
    reason: p.text().nullable(),
    source: p.text().$type<Source>().default("USER"),
  },
});

export type StatusChangeRow = Row<InferEntity<typeof StatusChangeEntity>>;

export const statusChangeList = defineList({
  rows: defineRows(StatusChangeEntity),
  node: "WorkItemStatusChange",
  fields: {
    fromStatus: { filter: true, enum: "WorkItemStatus" },
    toStatus: { filter: true, enum: "WorkItemStatus" },
    changedAt: { filter: true, order: true },
  },
  defaultOrder: [{ property: "changedAt", direction: "ASC" }],
});
