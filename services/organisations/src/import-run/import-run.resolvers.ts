import { listRows, listUnder, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { readableId } from "../readable-id.ts";
import { importRefusals, importRuns } from "./import-run.entity.ts";
import { importRefusalList, importRunList } from "./import-run.list.ts";

const resolvers: Resolvers = {
  Query: {
    importRuns: (_, args, context) => listRows(context, importRunList, args),
    importRun: (_, { id }, context) => importRuns.byId(context, readableId(id, "ImportRun")),
  },
  ImportRun: {
    __resolveReference: ({ id }, context) => importRuns.byId(context, id),
    refusals: ({ id }, args, context) => listUnder(context, importRefusalList, args, { property: "runId" }, id),
  },
  ImportRefusal: {
    __resolveReference: ({ id }, context) => importRefusals.byId(context, id),
  },
};

export const importRunSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [importRunList, importRefusalList],
};
