import { decodeGlobalId } from "@clic/global-id";
import { badInput, listRows, listUnder, type GraphContext, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { workItemList } from "../work-item/work-item.list.ts";
import { workstreams } from "./workstream.entity.ts";
import { workstreamList } from "./workstream.list.ts";
import { readableId } from "../readable-id.ts";

interface Key {
  readonly id: string;
}

const items = { table: "work_item_workstream", parent: "workstream_id", child: "work_item_id", type: "uuid" } as const;

const resolvers = {
  Query: {
    workstream: (_: unknown, key: { id?: string | null; code?: string | null }, context: GraphContext) => {
      if ((key.id == null) === (key.code == null)) throw badInput("Give exactly one of id and code.");
      return key.id != null
        ? workstreams.byId(context, readableId(key.id, "Workstream"))
        : workstreams.byKey(context, "code", key.code as string);
    },
    workstreams: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, workstreamList, args),
  },
  Workstream: {
    __resolveReference: ({ id }: Key, context: GraphContext) => workstreams.byId(context, id),
    workItems: ({ id }: Key, args: ListArguments, context: GraphContext) =>
      listUnder(context, workItemList, args, items, decodeGlobalId(id, "Workstream").uuid),
  },
};

export const workstreamSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [workstreamList] };
