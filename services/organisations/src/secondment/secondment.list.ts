import { defineList } from "@clic/subgraph-kit";
import { mayFilterByPerson, seesEverybody } from "../person/person.rules.ts";
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
  reach: (viewer) => {
    if (seesEverybody(viewer)) return "";
    const self = `e."person_id" = (select organisations.viewer_person())`;
    if (!viewer.scopes.has("organisation:read")) return self;
    const theirs = "(select organisations.viewer_organisation())";
    return `(${self} or e."home_id" = ${theirs} or e."host_id" = ${theirs})`;
  },
  defaultOrder: [{ property: "endsOn", direction: "ASC" }],
});
