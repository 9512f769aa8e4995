import { defineList } from "@clic/subgraph-kit";
import { cohorts, programmes } from "./programme.entity.ts";

export const programmeList = defineList({
  rows: programmes,
  node: "Programme",
  fields: {
    title: { filter: true, order: true },
    workItemId: { filter: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});

export const cohortList = defineList({
  rows: cohorts,
  node: "Cohort",
  fields: {
    name: { filter: true, order: true },
    programmeId: { filter: true, group: true },
    places: { filter: true, order: true, sum: true },
    startsOn: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "startsOn", direction: "ASC" }],
});
