import { newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { violatesConstraint } from "../violated-constraint.ts";
import { OrganisationEntity } from "./organisation.entity.ts";
import { organisationRefusals } from "./organisation.refusals.ts";
import { problemWithOrganisation, type OrganisationKind } from "./organisation.rules.ts";
import { tellOfOrganisation } from "./tell-of-organisation.ts";

export interface RegisterOrganisationInput {
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly odsCode?: string | null;
  readonly parentId?: string | null;
  readonly validFrom?: Date | string | null;
}

/** Enters an organisation as PROPOSED; resolves to its id. Whether its ODS code is free, PostgreSQL decides. */
export async function registerOrganisation(
  { em, viewer }: UseCase,
  input: RegisterOrganisationInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("The office enters organisations into the directory.");
  const problem = problemWithOrganisation(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (input.parentId != null && (await em.findOne(OrganisationEntity, { id: input.parentId })) === null)
    return commonRefusals.NOT_FOUND("There is no organisation with the id parentId.");
  const id = newGlobalId("Organisation");
  const organisation = em.create(OrganisationEntity, {
    id,
    name: input.name.trim(),
    kind: input.kind,
    odsCode: input.odsCode ?? null,
    status: "PROPOSED",
    reportedStatus: null,
    parentId: input.parentId ?? null,
    succeededById: null,
    validFrom: dateText(input.validFrom),
    validTo: null,
    base: null,
    source: "USER",
  });
  try {
    await em.flush();
  } catch (error) {
    if (!violatesConstraint(error, "organisation_ods_code_unique")) throw error;
    return rollback(organisationRefusals.ODS_CODE_TAKEN(`An organisation has the ODS code ${input.odsCode} already.`));
  }
  await tellOfOrganisation(em, organisation);
  return { id };
}

// The Date scalar gives midnight UTC.
function dateText(date: Date | string | null | undefined): string | null {
  return date == null ? null : new Date(date).toISOString().slice(0, 10);
}
