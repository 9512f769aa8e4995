import { defineList } from "@clic/subgraph-kit";
import { people } from "./person.entity.ts";
import { mayFilterByName } from "./person.rules.ts";

export const personList = defineList({
  rows: people,
  node: "Person",
  fields: {
    id: { filter: true },
    displayName: { filter: true, order: true, visibleTo: mayFilterByName },
    source: { filter: true, group: true, enum: "Source" },
  },
  // By id: an order by name would tell those who may not read the names something of them.
  defaultOrder: [{ property: "id", direction: "ASC" }],
});
