import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { editedSource } from "../source.rules.ts";
import { OrganisationEntity } from "./organisation.entity.ts";
import { organisationRefusals } from "./organisation.refusals.ts";
import { nextOrganisationStatuses, type OrganisationStatus } from "./organisation.rules.ts";
import { tellOfOrganisation } from "./tell-of-organisation.ts";

/** Moves an organisation to another status; resolves to its id. Asking for the status it has changes nothing. */
export async function changeOrganisationStatus(
  { em, viewer }: UseCase,
  input: { readonly organisationId: string; readonly status: OrganisationStatus },
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("The office changes the directory of organisations.");
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const organisation = await em.findOne(OrganisationEntity, { id: input.organisationId }, lock);
  if (organisation === null) return commonRefusals.NOT_FOUND("There is no organisation with this id.");
  if (organisation.status === input.status) return { id: organisation.id };
  const allowed = nextOrganisationStatuses(organisation.status ?? null);
  if (!allowed.includes(input.status)) {
    const message = `An organisation can't go from ${organisation.status} to ${input.status}.`;
    return organisationRefusals.ORGANISATION_STATUS_REFUSED(message, { allowed });
  }
  organisation.status = input.status;
  // Who takes part again has not ended.
  if (input.status === "ACTIVE") organisation.validTo = null;
  organisation.source = editedSource(organisation.source);
  await em.flush();
  await tellOfOrganisation(em, organisation);
  return { id: organisation.id };
}
