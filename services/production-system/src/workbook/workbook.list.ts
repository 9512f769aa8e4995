import { defineList } from "@clic/subgraph-kit";
import { workbookEditions, workbookExamples } from "./workbook.entity.ts";
import { mayReadEditions } from "./workbook.rules.ts";

export const workbookEditionList = defineList({
  rows: workbookEditions,
  node: "WorkbookEdition",
  fields: {
    title: { filter: true, order: true },
    status: { filter: true, group: true, enum: "WorkbookEditionStatus" },
    publishedAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "publishedAt", direction: "DESC" }],
});

export const workbookExampleList = defineList({
  rows: workbookExamples,
  node: "WorkbookExample",
  fields: {
    title: { filter: true, order: true },
    editionId: { filter: true, group: true, visibleTo: mayReadEditions },
    chapterId: { filter: true, group: true, visibleTo: mayReadEditions },
    organisationId: { filter: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  needs: {
    organisation: ["organisationId"],
    edition: ["editionId"],
    chapter: ["chapterId"],
    consentedAt: ["organisationId", "consentedAt"],
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
