import { decodeGlobalId } from "@clic/global-id";
import { badInput, listRows, listUnder, type GraphContext, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { workItemList } from "../work-item/work-item.list.ts";
import { priorities } from "./priority.entity.ts";
import { priorityList } from "./priority.list.ts";
import { readableId } from "../readable-id.ts";

interface Key {
  readonly id: string;
}

const items = { table: "work_item_priority", parent: "priority_id", child: "work_item_id", type: "uuid" } as const;

const resolvers = {
  Query: {
    priority: (_: unknown, key: { id?: string | null; code?: string | null }, context: GraphContext) => {
      if ((key.id == null) === (key.code == null)) throw badInput("Give exactly one of id and code.");
      return key.id != null
        ? priorities.byId(context, readableId(key.id, "Priority"))
        : priorities.byKey(context, "code", key.code as string);
    },
    priorities: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, priorityList, args),
  },
  Priority: {
    __resolveReference: ({ id }: Key, context: GraphContext) => priorities.byId(context, id),
    workItems: ({ id }: Key, args: ListArguments, context: GraphContext) =>
      listUnder(context, workItemList, args, items, decodeGlobalId(id, "Priority").uuid),
  },
};

export const prioritySlice: Slice = { directory: import.meta.dirname, resolvers, lists: [priorityList] };
