import { isRefusal, listRows, listUnder, type GraphContext, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { priorityList } from "../priority/priority.list.ts";
import { workstreamList } from "../workstream/workstream.list.ts";
import { changeWorkItemStatus, type ChangeWorkItemStatusInput } from "./change-work-item-status.ts";
import { registerWorkItem, type RegisterWorkItemInput } from "./register-work-item.ts";
import { statusChangeList, type StatusChangeRow } from "./status-change.entity.ts";
import { workItems, type WorkItemRow } from "./work-item.entity.ts";
import { workItemList } from "./work-item.list.ts";
import { workItemRefusals } from "./work-item.refusals.ts";
import { workItemTypes } from "./work-item.rules.ts";
import { readableId } from "../readable-id.ts";

interface Key {
  readonly id: string;
}

const toPriorities = {
  table: "work_item_priority",
  parent: "work_item_id",
  child: "priority_id",
  type: "text",
} as const;
const toWorkstreams = {
  table: "work_item_workstream",
  parent: "work_item_id",
  child: "workstream_id",
  type: "text",
} as const;

const workItem = {
  __resolveReference: ({ id }: Key, context: GraphContext) => workItems.byId(context, id),
  priorities: async ({ id }: Key, _: unknown, context: GraphContext) =>
    (await listUnder(context, priorityList, { first: 10 }, toPriorities, id).page()).rows,
  workstreams: async ({ id }: Key, _: unknown, context: GraphContext) =>
    (await listUnder(context, workstreamList, { first: 10 }, toWorkstreams, id).page()).rows,
  leadOrganisation: ({ leadOrganisationId }: WorkItemRow, _: unknown, context: GraphContext) =>
    leadOrganisationId == null ? null : organisations.byId(context, leadOrganisationId),
  statusHistory: ({ id }: Key, args: ListArguments, context: GraphContext) =>
    listUnder(context, statusChangeList, args, { property: "workItemId" }, id),
};

const resolvers = {
  Query: {
    workItem: (_: unknown, { id }: Key, context: GraphContext) =>
      workItems.byId(context, readableId(id, workItemTypes)),
    workItems: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, workItemList, args),
  },
  Mutation: {
    changeWorkItemStatus: async (
      _: unknown,
      { input }: { input: ChangeWorkItemStatusInput },
      context: GraphContext,
    ) => {
      const result = await context.transact((useCase) => changeWorkItemStatus(useCase, input));
      if (isRefusal(result)) return result;
      return { __typename: "WorkItemStatusChanged", workItem: await workItems.byId(context, result.id) };
    },
    registerWorkItem: async (_: unknown, { input }: { input: RegisterWorkItemInput }, context: GraphContext) => {
      const result = await context.transact((useCase) => registerWorkItem(useCase, input));
      if (isRefusal(result)) return result;
      return { __typename: "WorkItemRegistered", workItem: await workItems.byId(context, result.id) };
    },
  },
  WorkItem: { __resolveType: ({ type }: WorkItemRow) => type },
  LearningInitiative: workItem,
  Rpiw: workItem,
  ImprovementProject: workItem,
  LeadershipInitiative: workItem,
  WorkItemStatusChange: {
    from: ({ fromStatus }: StatusChangeRow) => fromStatus,
    to: ({ toStatus }: StatusChangeRow) => toStatus,
    at: ({ changedAt }: StatusChangeRow) => changedAt,
    changedBy: ({ changedById }: StatusChangeRow, _: unknown, context: GraphContext) =>
      changedById == null ? null : people.byId(context, changedById),
  },
};

export const workItemSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [workItemList, statusChangeList],
  refusals: workItemRefusals,
};
