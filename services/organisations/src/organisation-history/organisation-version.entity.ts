import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { OdsStatus, OrganisationKind, OrganisationStatus } from "../organisation/organisation.rules.ts";

/** Written by PostgreSQL's triggers alone, whatever changes an organisation. */
export const OrganisationVersionEntity = defineEntity({
  name: "OrganisationVersion",
  tableName: "organisation_version",
  schema: "organisations",
  properties: {
    id: p.type(idOf("OrganisationVersion")).primary(),
    organisationId: p.type(idOf("Organisation")),
    number: p.integer(),
    fromDay: p.date().nullable(),
    /** The first day on which another version holds. */
    toDay: p.date().nullable(),
    recordedAt: p.datetime().columnType("timestamptz(3)"),
    importRunId: p.type(idOf("ImportRun")).nullable(),
    odsCode: p.text().nullable(),
    name: p.text(),
    /** Without case and accents. */
    nameFolded: p.text(),
    kind: p.text().$type<OrganisationKind>().nullable(),
    status: p.text().$type<OrganisationStatus>().nullable(),
    odsStatus: p.text().$type<OdsStatus>().nullable(),
    parentId: p.type(idOf("Organisation")).nullable(),
    validFrom: p.date().nullable(),
    validTo: p.date().nullable(),
    succeededById: p.type(idOf("Organisation")).nullable(),
    base: p.text().nullable(),
    addressLines: p.array().nullable(),
    postcode: p.text().nullable(),
    telephone: p.text().nullable(),
  },
});

export const organisationVersions = defineRows(OrganisationVersionEntity, { type: "OrganisationVersion" });
type StoredVersion = Row<InferEntity<typeof OrganisationVersionEntity>>;
/** A version, and the day that it was asked for; absent where it stands in a history. */
export type OrganisationVersionRow = StoredVersion & { readonly asOf?: string };
