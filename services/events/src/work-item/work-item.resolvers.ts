import { isGlobalId } from "@clic/global-id";
import { type GraphContext, type ListArguments, listUnder, type Slice } from "@clic/subgraph-kit";
import { eventList } from "../event/event.list.ts";

interface Reference {
  readonly id: string;
}

type WorkItemType = "LearningInitiative" | "Rpiw" | "ImprovementProject" | "LeadershipInitiative";

const workItem = (type: WorkItemType) => ({
  __resolveReference: (reference: Reference) => (isGlobalId(reference.id, type) ? reference : null),
  events: ({ id }: Reference, args: ListArguments, context: GraphContext) =>
    listUnder(context, eventList, args, { property: "workItemId" }, id),
});

const resolvers = {
  LearningInitiative: workItem("LearningInitiative"),
  Rpiw: workItem("Rpiw"),
  ImprovementProject: workItem("ImprovementProject"),
  LeadershipInitiative: workItem("LeadershipInitiative"),
};

export const workItemSlice: Slice = { directory: import.meta.dirname, resolvers };
