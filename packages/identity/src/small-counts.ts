import type { Viewer } from "./viewer.ts";

/** Counts of fewer people than this are withheld from viewers who study without knowing anybody. */
export const smallestShownCount = 5;

/**
 * Whether counts of this organisation's people are shown to this viewer at all: to who reads operations, to analysts, and
 * to its own leads.
 */
export function mayReadCountsOf(viewer: Viewer, organisationId: string): boolean {
  return viewer.scopes.has("analysis:read") || mayReadSmallCountsOf(viewer, organisationId);
}

/**
 * Whether a count of so many of this organisation's people is withheld from this viewer because a few could be told apart
 * by it. Nobody is told apart by a zero. Hazard: what remains when this count is taken from one that is shown must be
 * withheld with it.
 */
export function isTooSmallFor(viewer: Viewer, organisationId: string, people: number): boolean {
  return people > 0 && people < smallestShownCount && !mayReadSmallCountsOf(viewer, organisationId);
}

function mayReadSmallCountsOf({ scopes, organisationId: acting }: Viewer, organisationId: string): boolean {
  return scopes.has("operations:read") || (scopes.has("organisation:read") && acting === organisationId);
}
