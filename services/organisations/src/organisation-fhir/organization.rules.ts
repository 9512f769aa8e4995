import type { Bundle, BundleEntry, CodeableConcept, Organization } from "@medplum/fhirtypes";
import type { OrganisationKind } from "../organisation/organisation.rules.ts";

/** What NHS England's own FHIR services call the codes of the Organisation Data Service. */
export const odsSystem = "https://fhir.nhs.uk/Id/ods-organization-code";
const typeSystem = "http://terminology.hl7.org/CodeSystem/organization-type";
const periodExtension = "http://hl7.org/fhir/StructureDefinition/organization-period";

/** What of a version is told as FHIR. */
interface Version {
  readonly organisationId: string;
  readonly number: number;
  readonly fromDay: string | null;
  readonly recordedAt: string;
  readonly odsCode: string | null;
  readonly name: string;
  readonly kind: OrganisationKind | null;
  readonly status: string | null;
  readonly parentId: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly addressLines: readonly string[] | null;
  readonly postcode: string | null;
  readonly telephone: string | null;
}

type FhirType = "prov" | "dept" | "govt" | "bus" | "other";
const fhirTypes: Readonly<Record<OrganisationKind, readonly [code: FhirType, text: string]>> = {
  COLLABORATIVE: ["other", "Learning and improvement collaborative"],
  ALLIANCE: ["other", "Alliance of organisations"],
  CCG: ["govt", "Clinical commissioning group"],
  TRUST: ["prov", "NHS trust"],
  COUNCIL: ["govt", "Local authority"],
  PROVIDER: ["prov", "Provider of health or care"],
  PRACTICE: ["prov", "General practice"],
  UNIT: ["dept", "Unit of another organisation"],
  PUBLISHER: ["other", "Publisher of standards or guidance"],
  SUPPLIER: ["bus", "Supplier of goods or services"],
};
const displays: Readonly<Record<FhirType, string>> = {
  prov: "Healthcare Provider",
  dept: "Hospital Department",
  govt: "Government",
  bus: "Non-Healthcare Business or Corporation",
  other: "Other",
};

/** FHIR's ids have no underscore: a resource has the uuid behind the prefix of the global id. */
export function fhirId(globalId: string): string {
  return globalId.slice(globalId.indexOf("_") + 1);
}

/**
 * When a version came to hold: when it was recorded, or on its first day where that was later. One that speaks of the past came
 * to hold when it was recorded.
 */
export function lastUpdated({ recordedAt, fromDay }: Version): string {
  const recorded = new Date(recordedAt).toISOString();
  const begins = fromDay === null ? recorded : `${fromDay}T00:00:00.000Z`;
  return begins > recorded ? begins : recorded;
}

export function etagOf({ number }: Version): string {
  return `W/"${number}"`;
}

/** A version of an organisation as an Organization: of nothing else than the version, so that one version is always the same. */
export function organizationOf(version: Version): Organization {
  const { odsCode, kind, status, parentId, validFrom, validTo, addressLines, postcode, telephone } = version;
  const period = { ...(validFrom && { start: validFrom }), ...(validTo && { end: validTo }) };
  return {
    resourceType: "Organization",
    id: fhirId(version.organisationId),
    meta: { versionId: String(version.number), lastUpdated: lastUpdated(version) },
    ...((validFrom ?? validTo) && { extension: [{ url: periodExtension, valuePeriod: period }] }),
    ...(odsCode && { identifier: [{ use: "official", system: odsSystem, value: odsCode }] }),
    ...(status && { active: status === "ACTIVE" }),
    ...(kind && { type: [typeOf(kind)] }),
    name: version.name,
    ...(telephone && { telecom: [{ system: "phone", value: telephone }] }),
    ...((addressLines?.length || postcode) && {
      address: [
        { ...(addressLines?.length && { line: [...addressLines] }), ...(postcode && { postalCode: postcode }) },
      ],
    }),
    ...(parentId && { partOf: { reference: `Organization/${fhirId(parentId)}` } }),
  };
}

function typeOf(kind: OrganisationKind): CodeableConcept {
  const [code, text] = fhirTypes[kind];
  return { coding: [{ system: typeSystem, code, display: displays[code] }], text };
}

/** The entry of a version in a history. */
export function historyEntryOf(base: string, version: Version): BundleEntry {
  const id = fhirId(version.organisationId);
  const isFirst = version.number === 1;
  return {
    fullUrl: `${base}/Organization/${id}`,
    resource: organizationOf(version),
    request: { method: isFirst ? "POST" : "PUT", url: isFirst ? "Organization" : `Organization/${id}` },
    response: {
      status: isFirst ? "201 Created" : "200 OK",
      etag: etagOf(version),
      lastModified: lastUpdated(version),
    },
  };
}

/** The links of a page, those that there are. */
export function linksOf(urls: Readonly<Record<string, string | null>>): NonNullable<Bundle["link"]> {
  return Object.entries(urls).flatMap(([relation, url]) => (url === null ? [] : [{ relation, url }]));
}
