import type { Viewer } from "@clic/identity";

/** How many assessors it takes. */
export const assessorsNeeded = 2;

interface Criterion {
  readonly id: string;
  readonly code: string;
  readonly weight: number;
  readonly scaleFrom: number;
  readonly scaleTo: number;
}

export interface GivenScore {
  readonly criterionId: string;
  readonly value: number;
  readonly rationale: string;
}

const toTwoPlaces = (value: number): number => Math.round(value * 100) / 100;

/** The weighted total, in points of 100 to two places, of one score for each criterion. */
export function totalOf(
  criteria: readonly Criterion[],
  scores: readonly Pick<GivenScore, "criterionId" | "value">[],
): number {
  const values = new Map(scores.map(({ criterionId, value }) => [criterionId, value]));
  return toTwoPlaces(
    criteria.reduce((sum, { id, weight, scaleFrom, scaleTo }) => {
      const value = values.get(id) ?? scaleFrom;
      return sum + (weight * (value - scaleFrom)) / (scaleTo - scaleFrom);
    }, 0),
  );
}

/** By how many points assessments differ. */
export function pointsApart(totals: readonly number[]): number {
  return totals.length === 0 ? 0 : toTwoPlaces(Math.max(...totals) - Math.min(...totals));
}

/** What assessments make of a request: nothing yet, a score (their mean), or a case for a moderator. */
export function outcomeOf(
  totals: readonly number[],
  moderationAbove: number,
): { readonly score: number | null; readonly moderationNeeded: boolean } {
  if (totals.length < assessorsNeeded) return { score: null, moderationNeeded: false };
  if (pointsApart(totals) > moderationAbove) return { score: null, moderationNeeded: true };
  return { score: toTwoPlaces(totals.reduce((sum, one) => sum + one, 0) / totals.length), moderationNeeded: false };
}

/** Whether the scores are those of an assessment that was given before. */
export function isSameAssessment(
  before: readonly Pick<GivenScore, "criterionId" | "value">[],
  now: readonly Pick<GivenScore, "criterionId" | "value">[],
): boolean {
  const values = new Map(before.map(({ criterionId, value }) => [criterionId, value]));
  return before.length === now.length && now.every(({ criterionId, value }) => values.get(criterionId) === value);
}

/** Why scores can't be kept by these criteria, for a person; null when they can: each criterion once, on its scale, for a reason. */
export function problemWithScores(criteria: readonly Criterion[], scores: readonly GivenScore[]): string | null {
  if (new Set(scores.map(({ criterionId }) => criterionId)).size < scores.length)
    return "A criterion is scored twice. Score each one once.";
  const given = new Map(scores.map((one) => [one.criterionId, one]));
  const missing = criteria.filter(({ id }) => !given.has(id)).map(({ code }) => code);
  if (missing.length > 0) return `Every criterion is scored; ${missing.join(", ")} is missing.`;
  for (const { id, code, scaleFrom, scaleTo } of criteria) {
    const { value, rationale } = given.get(id) as GivenScore;
    if (!(value >= scaleFrom && value <= scaleTo)) return `The score for ${code} is ${scaleFrom} to ${scaleTo}.`;
    const length = rationale.trim().length;
    if (length < 1 || length > 2000) return `The rationale for ${code} needs 1 to 2,000 characters.`;
  }
  return null;
}

/** Why a moderated outcome can't be kept, for a person; null when it can. */
export function problemWithModeration(input: { readonly score: number; readonly rationale: string }): string | null {
  if (!(input.score >= 0 && input.score <= 100)) return "A moderated score is 0 to 100 points.";
  const length = input.rationale.trim().length;
  return length < 1 || length > 2000 ? "The rationale needs 1 to 2,000 characters." : null;
}

interface Request {
  readonly requestedById: string;
  readonly requestedByPersonId?: string | null | undefined;
}

/** Where somebody belongs: by membership, and on both ends of a secondment. */
export interface Belongings {
  readonly memberships: readonly { readonly organisationId: string; readonly status?: string | null | undefined }[];
  readonly secondments: readonly {
    readonly homeId: string;
    readonly hostId: string;
    readonly startsOn?: string | null | undefined;
    readonly endsOn?: string | null | undefined;
  }[];
}

/**
 * Whether the request is the assessor's own: they asked, or it is of an organisation that they act for, are an active
 * member of, or are seconded from or to on this day. A secondment without a stated start has begun.
 */
export function isOwnRequest(viewer: Viewer, request: Request, belongings: Belongings, today: string): boolean {
  const { requestedById } = request;
  if (viewer.organisationId === requestedById) return true;
  if (viewer.personId !== null && viewer.personId === request.requestedByPersonId) return true;
  const { memberships, secondments } = belongings;
  if (memberships.some((one) => one.status === "ACTIVE" && one.organisationId === requestedById)) return true;
  return secondments.some(
    ({ homeId, hostId, startsOn, endsOn }) =>
      (homeId === requestedById || hostId === requestedById) &&
      (startsOn == null || startsOn <= today) &&
      (endsOn == null || endsOn >= today),
  );
}

/** Whether the viewer may read why something was scored as it was: words about people's work, so not for analysis alone. */
export function mayReadRationales({ scopes }: Viewer): boolean {
  return scopes.has("request:assess") || scopes.has("operations:read");
}
