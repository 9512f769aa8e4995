import { defineList } from "@clic/subgraph-kit";
import { standards, standardVersions } from "./standard.entity.ts";

export const standardList = defineList({
  rows: standards,
  node: "Standard",
  fields: {
    reference: { filter: true, order: true },
    version: { filter: true, group: true },
    title: { filter: true, order: true },
    publisher: { filter: true, group: true, enum: "StandardPublisher" },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "reference", direction: "ASC" }],
});

export const standardVersionList = defineList({
  rows: standardVersions,
  node: "StandardVersion",
  fields: { version: { filter: true, group: true }, recordedAt: { filter: true, order: true, group: true } },
  needs: { versions: ["id"], adoptions: ["id"] },
  defaultOrder: [{ property: "recordedAt", direction: "DESC" }],
});
