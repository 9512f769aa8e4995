import { isRefusal, listRows, listUnder, type GraphContext, type Slice } from "@clic/subgraph-kit";
import type { LearningInitiativeResolvers, Resolvers } from "../generated/resolvers.ts";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { priorityList } from "../priority/priority.list.ts";
import { readableId } from "../readable-id.ts";
import { workstreamList } from "../workstream/workstream.list.ts";
import { changeWorkItemStatus } from "./change-work-item-status.ts";
import { registerWorkItem } from "./register-work-item.ts";
import { statusChangeList } from "./status-change.entity.ts";
import { presentWorkItem, workItems } from "./work-item.entity.ts";
import { workItemList } from "./work-item.list.ts";
import { workItemRefusals } from "./work-item.refusals.ts";
import { mayReadReasons, workItemTypes } from "./work-item.rules.ts";

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

/** The same for all four types: they differ in what other services add to them. */
const fields: Omit<LearningInitiativeResolvers, "__resolveReference"> = {
  priorities: async ({ id }, _, context) => [
    ...(await listUnder(context, priorityList, { first: 10 }, toPriorities, id).page()).rows,
  ],
  workstreams: async ({ id }, _, context) => [
    ...(await listUnder(context, workstreamList, { first: 10 }, toWorkstreams, id).page()).rows,
  ],
  leadOrganisation: ({ leadOrganisationId }, _, context) =>
    leadOrganisationId == null ? null : organisations.byId(context, leadOrganisationId),
  statusHistory: ({ id }, args, context) => listUnder(context, statusChangeList, args, { property: "workItemId" }, id),
};

const workItem = {
  ...fields,
  __resolveReference: ({ id }: { readonly id: string }, context: GraphContext) => workItems.byId(context, id),
};

const resolvers: Resolvers = {
  Query: {
    workItem: (_, { id }, context) => workItems.byId(context, readableId(id, workItemTypes)),
    workItems: (_, args, context) => listRows(context, workItemList, args),
  },
  Mutation: {
    changeWorkItemStatus: async (_, { input }, context) => {
      const result = await context.transact((useCase) => changeWorkItemStatus(useCase, input));
      if (isRefusal(result)) return result as never;
      return { __typename: "WorkItemStatusChanged", workItem: await presentWorkItem(context, result.id) };
    },
    registerWorkItem: async (_, { input }, context) => {
      const result = await context.transact((useCase) => registerWorkItem(useCase, input));
      if (isRefusal(result)) return result as never;
      return { __typename: "WorkItemRegistered", workItem: await presentWorkItem(context, result.id) };
    },
  },
  WorkItem: { __resolveType: ({ type }) => type },
  LearningInitiative: workItem,
  Rpiw: workItem,
  ImprovementProject: workItem,
  LeadershipInitiative: workItem,
  WorkItemStatusChange: {
    from: ({ fromStatus }) => fromStatus ?? null,
    to: ({ toStatus }) => toStatus,
    at: ({ changedAt }) => changedAt,
    reason: ({ reason }, _, { viewer }) => (mayReadReasons(viewer) ? (reason ?? null) : null),
    changedBy: ({ changedById }, _, context) => (changedById == null ? null : people.byId(context, changedById)),
  },
};

export const workItemSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [workItemList, statusChangeList],
  refusals: workItemRefusals,
};
