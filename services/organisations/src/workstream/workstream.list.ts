import { defineList } from "@clic/subgraph-kit";
import { workstreams } from "./workstream.entity.ts";

export const workstreamList = defineList({
  rows: workstreams,
  node: "Workstream",
  fields: {
    id: { filter: true },
    code: { filter: true, order: true },
    name: { filter: true, order: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "code", direction: "ASC" }],
});
