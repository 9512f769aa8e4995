import { listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { readableId } from "../readable-id.ts";
import { importRuns } from "./import-run.entity.ts";
import { importRefusalList, importRunList } from "./import-run.list.ts";

const resolvers: Resolvers = {
  Query: {
    importRuns: (_, args, context) => listRows(context, importRunList, args),
    importRun: (_, { id }, context) => importRuns.byId(context, readableId(id, "ImportRun")),
  },
  ImportRun: {
    refusals: ({ id }, args, context) => listUnder(context, importRefusalList, args, { property: "runId" }, id),
  },
};

export const importRunSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [importRunList, importRefusalList],
};
