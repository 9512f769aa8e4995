import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { RollOutEntity, RollOutSiteEntity } from "./roll-out.entity.ts";
import { rollOutRefusals } from "./roll-out.refusals.ts";

export interface InviteSiteInput {
  readonly rollOutId: string;
  readonly organisationId: string;
  readonly licences: number;
}

/** Asks an organisation to take part; resolves to the site's id or a refusal. The database keeps it to one site each. */
export async function inviteSite({ em, viewer, now }: UseCase, input: InviteSiteInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office invites sites.");
  if (!isGlobalId(input.organisationId, "Organisation"))
    return commonRefusals.INVALID_INPUT("organisationId is not the id of an organisation (org_…).");
  if (input.licences < 0) return commonRefusals.INVALID_INPUT("licences is 0 or more.");
  const rollOut = isGlobalId(input.rollOutId, "RollOut")
    ? await em.findOne(RollOutEntity, { id: input.rollOutId })
    : null;
  if (rollOut === null) return commonRefusals.NOT_FOUND(`There is no roll-out ${input.rollOutId}.`);
  const id = newGlobalId("RollOutSite", now);
  try {
    await em.insert(RollOutSiteEntity, {
      id,
      rollOutId: rollOut.id,
      organisationId: input.organisationId,
      status: "INVITED",
      licences: input.licences,
      users: 0,
      source: "USER",
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(rollOutRefusals.SITE_INVITED_ALREADY("The organisation is a site of this roll-out already."));
    throw error;
  }
  return { id };
}
