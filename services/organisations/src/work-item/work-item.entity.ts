import { defineRows, idOf, present, type GraphContext, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";
import type { StrategyKey, WorkItemStatus, WorkItemType } from "./work-item.rules.ts";

/** The id is the whole global id, since its prefix varies with the type. */
export const WorkItemEntity = defineEntity({
  name: "WorkItem",
  tableName: "work_item",
  schema: "organisations",
  properties: {
    id: p.text().primary(),
    type: p.text().$type<WorkItemType>(),
    title: p.text(),
    strategy: p.text().$type<StrategyKey>().nullable(),
    status: p.text().$type<WorkItemStatus>().nullable(),
    statusSince: p.datetime().columnType("timestamptz(3)").nullable(),
    /** When the delivery last told its phase: what it told earlier changes nothing any more. */
    deliveryAt: p.datetime().columnType("timestamptz(3)").nullable(),
    leadOrganisationId: p.type(idOf("Organisation")).nullable(),
    supportRequestId: p.type(idOf("SupportRequest")).nullable(),
    reportedStatus: p.text().nullable(),
    reportedWhen: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export const WorkItemPriorityEntity = defineEntity({
  name: "WorkItemPriority",
  tableName: "work_item_priority",
  schema: "organisations",
  properties: {
    workItemId: p.text().primary(),
    priorityId: p.type(idOf("Priority")).primary(),
    source: p.text().$type<Source>().default("USER"),
  },
});

export const WorkItemWorkstreamEntity = defineEntity({
  name: "WorkItemWorkstream",
  tableName: "work_item_workstream",
  schema: "organisations",
  properties: {
    workItemId: p.text().primary(),
    workstreamId: p.type(idOf("Workstream")).primary(),
    source: p.text().$type<Source>().default("USER"),
  },
});

export const workItems = defineRows(WorkItemEntity);
export type WorkItemRow = Row<InferEntity<typeof WorkItemEntity>>;

/** A work item that is there, since everybody sees all of them. Throws FORBIDDEN if that ever changes. */
export function presentWorkItem(context: GraphContext, id: string): Promise<WorkItemRow> {
  return present(workItems.byId(context, id));
}
