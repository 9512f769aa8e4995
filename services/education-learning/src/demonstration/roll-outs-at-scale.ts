import { numberedGlobalId } from "@clic/global-id";
import { dayFromReference, draw, drawOf, organisationIdAtScale, type Scale } from "@clic/seed-data";
import type { SiteStatus } from "../roll-out/roll-out.rules.ts";

const source = "DEMO";
const statuses: readonly SiteStatus[] = ["LIVE", "LIVE", "LIVE", "LIVE", "ONBOARDING", "INVITED", "LAPSED"];
const mostSites = 40;

/** How many sites each roll-out has, and aims at. */
export function sitesOfRollOut({ organisations }: Scale): number {
  return Math.min(mostSites, organisations);
}

/** The sites of all roll-outs; no organisation is twice among those of one. */
export function* sitesAtScale(scale: Scale, rollOuts: number): Generator<object> {
  for (let rollOut = 0; rollOut < rollOuts; rollOut++) {
    const first = draw(120, rollOut, scale.organisations);
    for (let place = 0; place < sitesOfRollOut(scale); place++) {
      const number = rollOut * mostSites + place;
      const status = drawOf(121, number, statuses);
      const licences = 10 + draw(122, number, 190);
      const wentLive = status === "LIVE" || status === "LAPSED";
      yield {
        id: numberedGlobalId("RollOutSite", number),
        rollOutId: numberedGlobalId("RollOut", rollOut),
        organisationId: organisationIdAtScale((first + place) % scale.organisations),
        status,
        licences,
        users: wentLive ? draw(123, number, licences + 1) : 0,
        wentLiveOn: wentLive ? dayFromReference(-30 - draw(124, number, 700)) : null,
        source,
      };
    }
  }
}
