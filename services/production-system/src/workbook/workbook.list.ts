import { defineList } from "@clic/subgraph-kit";
import { workbookEditions, workbookExamples } from "./workbook.entity.ts";

export const workbookEditionList = defineList({
  rows: workbookEditions,
  node: "WorkbookEdition",
  fields: {
    title: { filter: true, order: true },
    status: { filter: true, enum: "WorkbookEditionStatus" },
    publishedAt: { filter: true, order: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "publishedAt", direction: "DESC" }],
});

export const workbookExampleList = defineList({
  rows: workbookExamples,
  node: "WorkbookExample",
  fields: {
    title: { filter: true, order: true },
    editionId: { filter: true },
    chapterId: { filter: true },
    organisationId: { filter: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
