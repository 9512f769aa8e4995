import { defineList } from "@clic/subgraph-kit";
import { people } from "./person.entity.ts";
import { mayFilterByName, seesEverybody } from "./person.rules.ts";

export const personList = defineList({
  rows: people,
  node: "Person",
  fields: {
    id: { filter: true },
    displayName: { filter: true, order: true, visibleTo: mayFilterByName },
    source: { filter: true, group: true, enum: "Source" },
  },
  reach: (viewer) => {
    if (seesEverybody(viewer)) return "";
    const self = `e."id" = (select organisations.viewer_person())`;
    if (!viewer.scopes.has("organisation:read")) return self;
    const theirs = `select m.person_id from organisations.membership m where m.organisation_id = (select organisations.viewer_organisation())`;
    return `(${self} or e."id" = any(array(${theirs})))`;
  },
  // By id: an order by name would tell those who may not read the names something of them.
  defaultOrder: [{ property: "id", direction: "ASC" }],
});
