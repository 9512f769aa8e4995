import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../course/course.entity.ts";

export const StandardEntity = defineEntity({
  name: "Standard",
  tableName: "standard",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("Standard")).primary(),
    reference: p.text(),
    /** The version in force. */
    version: p.text(),
    title: p.text(),
    publisher: p.text().$type<"NICE">(),
    source: p.text().$type<Source>(),
  },
});

/** Append-only: one row for each version that a standard has had. */
export const StandardVersionEntity = defineEntity({
  name: "StandardVersion",
  tableName: "standard_version",
  schema: "education_learning",
  properties: {
    id: p.uuid().primary(),
    standardId: p.type(idOf("Standard")),
    version: p.text(),
    recordedAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>(),
  },
});

/** Which standards concern a workstream; the workstreams are Organisations'. */
export const StandardWorkstreamEntity = defineEntity({
  name: "StandardWorkstream",
  tableName: "standard_workstream",
  schema: "education_learning",
  properties: {
    workstreamId: p.type(idOf("Workstream")).primary(),
    standardId: p.type(idOf("Standard")).primary(),
    source: p.text().$type<Source>().default("USER"),
  },
});

export type StandardRow = Row<InferEntity<typeof StandardEntity>>;
export type StandardVersionRow = Row<InferEntity<typeof StandardVersionEntity>>;
export const standards = defineRows(StandardEntity, { type: "Standard" });
export const standardVersions = defineRows(StandardVersionEntity);
