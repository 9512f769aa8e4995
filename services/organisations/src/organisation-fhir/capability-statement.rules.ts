import type { CapabilityStatement } from "@medplum/fhirtypes";

/** What this server does, for machines. Pure. */
export function capabilityStatement(base: string): CapabilityStatement {
  const parameter = (name: string, type: "token" | "string" | "reference", documentation: string) => ({
    name,
    definition: `http://hl7.org/fhir/SearchParameter/${name === "_id" ? "Resource-id" : `Organization-${name}`}`,
    type,
    documentation,
  });
  return {
    resourceType: "CapabilityStatement",
    url: `${base}/metadata`,
    version: "1.0.0",
    name: "CollaborativeDirectory",
    title: "The directory of the collaborative's organisations",
    status: "active",
    date: "2026-11-25",
    publisher: "Learning and improvement collaborative",
    kind: "instance",
    software: { name: "collaborative-graph" },
    implementation: { description: "The directory of organisations, as anybody may see it", url: base },
    fhirVersion: "4.0.1",
    format: ["json"],
    rest: [
      {
        mode: "server",
        documentation: "Read only, without sign-in.",
        resource: [
          {
            type: "Organization",
            profile: "http://hl7.org/fhir/StructureDefinition/Organization",
            interaction: [{ code: "read" }, { code: "vread" }, { code: "history-instance" }, { code: "search-type" }],
            versioning: "versioned",
            readHistory: true,
            updateCreate: false,
            conditionalCreate: false,
            conditionalRead: "full-support",
            conditionalUpdate: false,
            conditionalDelete: "not-supported",
            searchParam: [
              parameter("_id", "token", "The id."),
              parameter("identifier", "token", "The ODS code, with its system or without."),
              parameter("name", "string", "The beginning of the name, without case and accents; :exact, :contains."),
              parameter("active", "token", "true or false."),
              parameter("partof", "reference", "The organisation that it is part of; :identifier."),
            ],
          },
        ],
      },
    ],
  };
}
