import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../rpiw/rpiw.rules.ts";
import type { EditionStatus } from "./workbook.rules.ts";

const schema = "production_system";

export const WorkbookEditionEntity = defineEntity({
  name: "WorkbookEdition",
  tableName: "workbook_edition",
  schema,
  properties: {
    id: p.type(idOf("WorkbookEdition")).primary(),
    title: p.text(),
    status: p.text().$type<EditionStatus>(),
    publishedAt: p.datetime().columnType("timestamptz(3)").nullable(),
    source: p.text().$type<Source>(),
  },
});

export const WorkbookChapterEntity = defineEntity({
  name: "WorkbookChapter",
  tableName: "workbook_chapter",
  schema,
  properties: {
    id: p.type(idOf("WorkbookChapter")).primary(),
    editionId: p.type(idOf("WorkbookEdition")),
    number: p.integer(),
    title: p.text(),
    source: p.text().$type<Source>().default("USER"),
  },
});

/** A real example. It belongs to one edition; another edition that has it too asks for consent anew. */
export const WorkbookExampleEntity = defineEntity({
  name: "WorkbookExample",
  tableName: "workbook_example",
  schema,
  properties: {
    id: p.type(idOf("WorkbookExample")).primary(),
    editionId: p.type(idOf("WorkbookEdition")),
    chapterId: p.type(idOf("WorkbookChapter")),
    title: p.text(),
    organisationId: p.type(idOf("Organisation")),
    consentedAt: p.datetime().columnType("timestamptz(3)").nullable(),
    consentedById: p.type(idOf("Person")).nullable(),
    source: p.text().$type<Source>(),
  },
});

/** The workstreams that an example is about; the workstreams are Organisations'. */
export const WorkbookExampleWorkstreamEntity = defineEntity({
  name: "WorkbookExampleWorkstream",
  tableName: "workbook_example_workstream",
  schema,
  properties: {
    workstreamId: p.type(idOf("Workstream")).primary(),
    exampleId: p.type(idOf("WorkbookExample")).primary(),
    source: p.text().$type<Source>().default("USER"),
  },
});

export type WorkbookEditionRow = Row<InferEntity<typeof WorkbookEditionEntity>>;
export type WorkbookChapterRow = Row<InferEntity<typeof WorkbookChapterEntity>>;
export type WorkbookExampleRow = Row<InferEntity<typeof WorkbookExampleEntity>>;
export const workbookEditions = defineRows(WorkbookEditionEntity, { type: "WorkbookEdition" });
export const workbookChapters = defineRows(WorkbookChapterEntity, { type: "WorkbookChapter" });
export const workbookExamples = defineRows(WorkbookExampleEntity, { type: "WorkbookExample" });
