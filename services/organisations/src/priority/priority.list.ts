import { defineList } from "@clic/subgraph-kit";
import { priorities } from "./priority.entity.ts";

export const priorityList = defineList({
  rows: priorities,
  node: "Priority",
  fields: {
    id: { filter: true },
    code: { filter: true, order: true },
    title: { filter: true, order: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "code", direction: "ASC" }],
});
