import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";
import type { OdsStatus, OrganisationKind, OrganisationStatus } from "./organisation.rules.ts";

export const OrganisationEntity = defineEntity({
  name: "Organisation",
  tableName: "organisation",
  schema: "organisations",
  properties: {
    id: p.type(idOf("Organisation")).primary(),
    odsCode: p.text().nullable(),
    name: p.text(),
    kind: p.text().$type<OrganisationKind>().nullable(),
    status: p.text().$type<OrganisationStatus>().nullable(),
    reportedStatus: p.text().nullable(),
    odsStatus: p.text().$type<OdsStatus>().nullable(),
    parentId: p.type(idOf("Organisation")).nullable(),
    parentFrom: p.date().nullable(),
    parentTo: p.date().nullable(),
    succeededById: p.type(idOf("Organisation")).nullable(),
    succeededOn: p.date().nullable(),
    validFrom: p.date().nullable(),
    validTo: p.date().nullable(),
    base: p.text().nullable(),
    addressLines: p.array().nullable(),
    postcode: p.text().nullable(),
    telephone: p.text().nullable(),
    source: p.text().$type<Source>(),
  },
});

export const organisations = defineRows(OrganisationEntity, { type: "Organisation" });
export type OrganisationRow = Row<InferEntity<typeof OrganisationEntity>>;
