import { decodeGlobalId } from "@clic/global-id";
import { badInput, listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { readableId } from "../readable-id.ts";
import { workItemList } from "../work-item/work-item.list.ts";
import { priorities } from "./priority.entity.ts";
import { priorityList } from "./priority.list.ts";

const items = { table: "work_item_priority", parent: "priority_id", child: "work_item_id", type: "uuid" } as const;

const resolvers: Resolvers = {
  Query: {
    priority: (_, { id, code }, context) => {
      if ((id == null) === (code == null)) throw badInput("Give exactly one of id and code.");
      return id == null
        ? priorities.byKey(context, "code", code as string)
        : priorities.byId(context, readableId(id, "Priority"));
    },
    priorities: (_, args, context) => listRows(context, priorityList, args),
  },
  Priority: {
    __resolveReference: ({ id }, context) => priorities.byId(context, id),
    workItems: ({ id }, args, context) =>
      listUnder(context, workItemList, args, items, decodeGlobalId(id, "Priority").uuid),
  },
};

export const prioritySlice: Slice = { directory: import.meta.dirname, resolvers, lists: [priorityList] };
