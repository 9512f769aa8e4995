import { commonRefusals, rollback, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { OrganisationEntity } from "../organisation/organisation.entity.ts";
import { tellOfOrganisation } from "../organisation/tell-of-organisation.ts";
import { editedSource } from "../source.rules.ts";
import { violatesConstraint } from "../violated-constraint.ts";
import { dayBefore, dayOf, isoDay } from "./day.rules.ts";
import { organisationHistoryRefusals as refusals } from "./organisation-history.refusals.ts";

export interface RecordSuccessionInput {
  readonly organisationId: string;
  readonly successorId: string;
  readonly on: Date | string;
}

/** Enters a successor; resolves to the id of whom it succeeds. Whether that closes a circle, PostgreSQL decides. */
export async function recordSuccession(
  { em, viewer, now }: UseCase,
  input: RecordSuccessionInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("The office changes the directory of organisations.");
  const on = isoDay(input.on);
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const organisation = await em.findOne(OrganisationEntity, { id: input.organisationId }, lock);
  if (organisation === null || (await em.findOne(OrganisationEntity, { id: input.successorId })) === null)
    return commonRefusals.NOT_FOUND("There is no organisation with one of these ids.");
  if (organisation.succeededById === input.successorId && organisation.succeededOn === on)
    return { id: organisation.id };
  if (organisation.succeededById != null)
    return refusals.SUCCESSION_REFUSED("Another organisation has its place already.");
  if (organisation.validTo != null && organisation.validTo >= on)
    return refusals.SUCCESSION_REFUSED(`It existed until ${organisation.validTo}: say a later day.`);
  if (organisation.validFrom != null && organisation.validFrom >= on)
    return refusals.SUCCESSION_REFUSED(`It exists since ${organisation.validFrom}: say a later day.`);
  organisation.succeededById = input.successorId;
  organisation.succeededOn = on;
  organisation.validTo ??= dayBefore(on);
  if (organisation.validTo < dayOf(now)) organisation.status = "INACTIVE";
  organisation.source = editedSource(organisation.source);
  try {
    await em.flush();
  } catch (error) {
    const circle = violatesConstraint(error, "organisation_no_succession_cycle") || isSelf(input);
    if (!circle) throw error;
    return rollback(refusals.SUCCESSION_REFUSED("They would succeed each other in a circle."));
  }
  await tellOfOrganisation(em, organisation);
  return { id: organisation.id };
}

function isSelf({ organisationId, successorId }: RecordSuccessionInput): boolean {
  return organisationId === successorId;
}
