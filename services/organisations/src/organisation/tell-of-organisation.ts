import { organisationsChanged, writeFact } from "@clic/bus";
import type { UseCase } from "@clic/subgraph-kit";
import type { InferEntity } from "@mikro-orm/postgresql";
import type { OrganisationEntity } from "./organisation.entity.ts";

/** Tells the other services what an organisation is now. Before its transaction ends, and after its flush. */
export async function tellOfOrganisation(
  em: UseCase["em"],
  organisation: InferEntity<typeof OrganisationEntity>,
): Promise<void> {
  const { id, odsCode, name, kind, status, parentId, validFrom, validTo, succeededById } = organisation;
  const told = {
    organisationId: id,
    odsCode: odsCode ?? null,
    name,
    kind: kind ?? null,
    status: status ?? null,
    parentId: parentId ?? null,
    validFrom: validFrom ?? null,
    validTo: validTo ?? null,
    succeededById: succeededById ?? null,
  };
  await writeFact(em, organisationsChanged, { aggregateId: id, data: { importRunId: null, organisations: [told] } });
}
