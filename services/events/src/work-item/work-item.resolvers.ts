import { isGlobalId } from "@clic/global-id";
import { type GraphContext, listUnder, type ListArguments, type Reference, type Slice } from "@clic/subgraph-kit";
import { eventList } from "../event/event.list.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import type { WorkItemType } from "./work-item.rules.ts";

const workItem = (type: WorkItemType) => ({
  __resolveReference: (reference: Reference) => (isGlobalId(reference.id, type) ? reference : null),
  events: ({ id }: Reference, args: ListArguments, context: GraphContext) =>
    listUnder(context, eventList, args, { property: "workItemId" }, id),
});

const resolvers: Resolvers = {
  LearningInitiative: workItem("LearningInitiative"),
  Rpiw: workItem("Rpiw"),
  ImprovementProject: workItem("ImprovementProject"),
  LeadershipInitiative: workItem("LeadershipInitiative"),
};

export const workItemSlice: Slice = { directory: import.meta.dirname, resolvers };
