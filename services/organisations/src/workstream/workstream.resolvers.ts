import { decodeGlobalId } from "@clic/global-id";
import { badInput, listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { readableId } from "../readable-id.ts";
import { workItemList } from "../work-item/work-item.list.ts";
import { workstreams } from "./workstream.entity.ts";
import { workstreamList } from "./workstream.list.ts";

const items = { table: "work_item_workstream", parent: "workstream_id", child: "work_item_id", type: "uuid" } as const;

const resolvers: Resolvers = {
  Query: {
    workstream: (_, { id, code }, context) => {
      if ((id == null) === (code == null)) throw badInput("Give exactly one of id and code.");
      return id == null
        ? workstreams.byKey(context, "code", code as string)
        : workstreams.byId(context, readableId(id, "Workstream"));
    },
    workstreams: (_, args, context) => listRows(context, workstreamList, args),
  },
  Workstream: {
    __resolveReference: ({ id }, context) => workstreams.byId(context, id),
    workItems: ({ id }, args, context) =>
      listUnder(context, workItemList, args, items, decodeGlobalId(id, "Workstream").uuid),
  },
};

export const workstreamSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [workstreamList] };
