import { defineList } from "@clic/subgraph-kit";
import { mayFilterByPerson } from "../person/person.rules.ts";
import { secondments } from "./secondment.entity.ts";

export const secondmentList = defineList({
  rows: secondments,
  node: "Secondment",
  fields: {
    personId: { filter: true, group: true, visibleTo: mayFilterByPerson },
    homeId: { filter: true, group: true },
    hostId: { filter: true, group: true },
    startsOn: { filter: true, order: true, group: true },
    endsOn: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "endsOn", direction: "ASC" }],
});
