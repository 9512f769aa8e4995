export type CriteriaSetStatus = "DRAFT" | "LIVE" | "RETIRED";

/** Every step of a criteria set. The README's diagram and the database's trigger are held to this table. */
export const criteriaSetSteps = [
  { action: "draftCriteriaSet", from: null, to: "DRAFT" },
  { action: "copyCriteriaSet", from: null, to: "DRAFT" },
  { action: "reviseCriteriaSet", from: "DRAFT", to: "DRAFT" },
  { action: "makeCriteriaSetLive", from: "DRAFT", to: "LIVE" },
  { action: "retireCriteriaSet", from: "LIVE", to: "RETIRED" },
  { action: "makeCriteriaSetLive of the next", from: "LIVE", to: "RETIRED" },
] as const satisfies readonly { action: string; from: CriteriaSetStatus | null; to: CriteriaSetStatus }[];

export interface NewCriterion {
  readonly code: string;
  readonly title: string;
  readonly guidance?: string | null | undefined;
  readonly weight: number;
  readonly scaleFrom: number;
  readonly scaleTo: number;
}

export interface NewCriteriaSet {
  readonly title: string;
  readonly moderationAbove: number;
  readonly criteria: readonly NewCriterion[];
}

/** The most criteria of one set: an assessor scores them all. */
const mostCriteria = 20;

function isText(text: string, most: number): boolean {
  return text.trim().length >= 1 && text.trim().length <= most;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function problemWithCriterion(one: NewCriterion): string | null {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(one.code) || one.code.length > 50)
    return "A code is lower case: words of letters and digits, joined by hyphens, 50 characters at most.";
  if (!isText(one.title, 200)) return `The title of ${one.code} needs 1 to 200 characters.`;
  if (one.guidance != null && !isText(one.guidance, 2000))
    return `The guidance of ${one.code} needs 1 to 2,000 characters.`;
  if (!isWhole(one.weight, 1, 100)) return `The weight of ${one.code} is a whole number, 1 to 100.`;
  if (!isWhole(one.scaleFrom, 0, 100) || !isWhole(one.scaleTo, 0, 100) || one.scaleFrom >= one.scaleTo)
    return `The scale of ${one.code} goes up, between 0 and 100, in whole numbers.`;
  return null;
}

/** Why a draft can't be kept as given, for a person; null when it can. What the weights total counts when it goes live. */
export function problemWithCriteriaSet(set: NewCriteriaSet): string | null {
  if (!isText(set.title, 200)) return "The title needs 1 to 200 characters.";
  if (!(set.moderationAbove >= 0 && set.moderationAbove <= 100)) return "moderationAbove is 0 to 100 points.";
  if (set.criteria.length > mostCriteria) return `A set has ${mostCriteria} criteria at most.`;
  if (new Set(set.criteria.map(({ code }) => code)).size < set.criteria.length)
    return "Two criteria have the same code; each needs its own.";
  for (const one of set.criteria) {
    const problem = problemWithCriterion(one);
    if (problem !== null) return problem;
  }
  return null;
}

/** What the weights total: 100 where the set may go live. */
export function totalWeight(criteria: readonly { readonly weight: number }[]): number {
  return criteria.reduce((sum, { weight }) => sum + weight, 0);
}
