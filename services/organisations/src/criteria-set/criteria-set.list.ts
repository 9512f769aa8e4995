import { defineList } from "@clic/subgraph-kit";
import { criteria, criteriaSets } from "./criteria-set.entity.ts";

export const criteriaSetList = defineList({
  rows: criteriaSets,
  node: "CriteriaSet",
  fields: {
    version: { filter: true, order: true },
    title: { filter: true, order: true },
    moderationAbove: { filter: true, order: true },
    status: { filter: true, order: true, group: true, enum: "CriteriaSetStatus" },
    copyOfId: { filter: true, group: true },
    liveAt: { filter: true, order: true, group: true },
    retiredAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "version", direction: "DESC" }],
});

export const criterionList = defineList({
  rows: criteria,
  node: "Criterion",
  fields: {
    criteriaSetId: { filter: true, group: true },
    code: { filter: true, order: true, group: true },
    title: { filter: true, order: true },
    weight: { filter: true, order: true, sum: true },
    scaleFrom: { filter: true, order: true },
    scaleTo: { filter: true, order: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "code", direction: "ASC" }],
});
