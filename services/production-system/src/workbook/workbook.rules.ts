import type { Viewer } from "@clic/identity";

export type EditionStatus = "DRAFT" | "PUBLISHED" | "SUPERSEDED";
export const mostChapters = 100;

/** The states an edition may go to from each. The README draws the same table. */
export const editionTransitions: Readonly<Record<EditionStatus, readonly EditionStatus[]>> = {
  DRAFT: ["PUBLISHED"],
  PUBLISHED: ["SUPERSEDED"],
  SUPERSEDED: [],
};

/** Whether this viewer consents for this organisation: a lead of it, acting for it. Not the office in their place. */
export function mayConsent(viewer: Viewer, organisationId: string): boolean {
  return viewer.personId !== null && viewer.scopes.has("organisation:read") && viewer.organisationId === organisationId;
}

/** Whether it is shown when consent was given: to who reads operations, and to those who give it. */
export function mayReadConsent(viewer: Viewer, organisationId: string): boolean {
  return viewer.scopes.has("operations:read") || mayConsent(viewer, organisationId);
}

/**
 * Whether every edition of the examples that the viewer sees is shown to them: a lead sees their organisation's example
 * in a draft too, and not the draft.
 */
export function mayReadEditions(viewer: Viewer): boolean {
  return viewer.scopes.has("operations:read") || !viewer.scopes.has("organisation:read");
}

/** What is wrong with a title, for a person to read; null when nothing is. */
export function titleProblem(title: string): string | null {
  return title.trim() === "" || title.trim().length > 200 ? "A title has 1 to 200 characters." : null;
}

/** What is wrong with the titles of an edition's chapters; null when nothing is. */
export function chaptersProblem(titles: readonly string[]): string | null {
  if (titles.length < 1 || titles.length > mostChapters) return `An edition has 1 to ${mostChapters} chapters.`;
  return titles.map(titleProblem).find((problem) => problem !== null) ?? null;
}

/** The titles of the examples that lack consent. */
export function withoutConsent(
  examples: readonly { readonly title: string; readonly consentedAt?: unknown }[],
): string[] {
  return examples.filter(({ consentedAt }) => consentedAt == null).map(({ title }) => title);
}
