import type { Viewer } from "@clic/identity";

export type SiteStatus = "INVITED" | "ONBOARDING" | "LIVE" | "LAPSED";

/** The states a site may go to from each. The README draws the same table. */
export const siteTransitions: Readonly<Record<SiteStatus, readonly SiteStatus[]>> = {
  INVITED: ["ONBOARDING", "LAPSED"],
  ONBOARDING: ["LIVE", "LAPSED"],
  LIVE: ["LAPSED"],
  LAPSED: ["ONBOARDING"],
};

/** Whether a site may go from one state to another. */
export function siteMayBecome(from: SiteStatus, to: SiteStatus): boolean {
  return siteTransitions[from].includes(to);
}

/** Whether row-level security shows the viewer every site. */
export function seesEverySite({ kind, scopes }: Viewer): boolean {
  return kind === "system" || scopes.has("operations:read") || scopes.has("analysis:read");
}

/** Live sites over the target, as a fraction (0.5 is half; above 1 is beyond the target). Null without a target. */
export function adoption(live: number, target: number | null): number | null {
  return target === null ? null : live / target;
}

/** Whether that many users fit the licences; counts are whole and not negative. */
export function usersFit(users: number, licences: number): boolean {
  return Number.isInteger(users) && users >= 0 && users <= licences;
}
