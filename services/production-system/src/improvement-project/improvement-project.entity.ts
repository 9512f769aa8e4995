import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const ImprovementProjectEntity = defineEntity({
  name: "ImprovementProject",
  tableName: "improvement_project",
  schema: "production_system",
  properties: {
    id: p.type(idOf("ImprovementProject")).primary(),
    /** The request for support that it came of. */
    supportRequestId: p.type(idOf("SupportRequest")).nullable(),
    /** Copies of what Organisations owns; the graph's own come from there. */
    title: p.text(),
    leadOrganisationId: p.type(idOf("Organisation")).nullable(),
    status: p.text().nullable(),
    /** When the fact happened that the copies are of; null for loaded rows. */
    knownAt: p.datetime().columnType("timestamptz(3)").nullable(),
    takenUpAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<"FOUNDING" | "DEMO" | "USER">(),
  },
});

export type ImprovementProjectRow = Row<InferEntity<typeof ImprovementProjectEntity>>;
export const improvementProjects = defineRows(ImprovementProjectEntity);
