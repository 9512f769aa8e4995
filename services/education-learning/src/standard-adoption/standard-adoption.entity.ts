import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../course/course.entity.ts";
import type { AdoptionStatus } from "./standard-adoption.rules.ts";

export const StandardAdoptionEntity = defineEntity({
  name: "StandardAdoption",
  tableName: "standard_adoption",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("StandardAdoption")).primary(),
    standardId: p.type(idOf("Standard")),
    organisationId: p.type(idOf("Organisation")),
    status: p.text().$type<AdoptionStatus>(),
    assessedVersion: p.text().nullable(),
    assessedOn: p.date().nullable(),
    reason: p.text().nullable(),
    gap: p.text().nullable(),
    actions: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type StandardAdoptionRow = Row<InferEntity<typeof StandardAdoptionEntity>>;
export const standardAdoptions = defineRows(StandardAdoptionEntity, { type: "StandardAdoption" });
