import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { RollOutSiteEntity } from "./roll-out.entity.ts";
import { rollOutRefusals } from "./roll-out.refusals.ts";
import { siteMayBecome, type SiteStatus, usersFit } from "./roll-out.rules.ts";

/** Moves a site to another state under a row lock; going live for the first time records the day (UTC). */
export async function changeSiteStatus(useCase: UseCase, input: { siteId: string; status: SiteStatus }) {
  const site = await lockSite(useCase, input.siteId);
  if ("code" in site) return site;
  if (!siteMayBecome(site.status, input.status))
    return rollOutRefusals.SITE_STATUS_REFUSED(`A site that is ${site.status} can't become ${input.status}.`);
  site.status = input.status;
  if (input.status === "LIVE") site.wentLiveOn ??= useCase.now.toISOString().slice(0, 10);
  return { id: site.id };
}

/** Records a site's users under a row lock; more than its licences are refused, and by the database too. */
export async function recordSiteUsers(useCase: UseCase, input: { siteId: string; users: number }) {
  const site = await lockSite(useCase, input.siteId);
  if ("code" in site) return site;
  if (!usersFit(input.users, site.licences))
    return rollOutRefusals.LICENCES_EXCEEDED(`The site has ${site.licences} licences; ${input.users} users don't fit.`);
  site.users = input.users;
  return { id: site.id };
}

async function lockSite({ em, viewer }: UseCase, siteId: string) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office changes sites.");
  const site = isGlobalId(siteId, "RollOutSite")
    ? await em.findOne(RollOutSiteEntity, { id: siteId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    : null;
  return site ?? commonRefusals.NOT_FOUND(`There is no site ${siteId}.`);
}
