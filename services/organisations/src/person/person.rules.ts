import type { Viewer } from "@clic/identity";

/** What of a membership the rules here look at. */
export interface Belonging {
  readonly organisationId: string;
  readonly status?: string | null | undefined;
  readonly isPrimary: boolean;
}

/** Whether the viewer may read this person's name: oneself, the office, the lead of an organisation they belong to. */
export function mayReadName(
  viewer: Viewer,
  person: { readonly id: string },
  memberships: readonly Belonging[],
): boolean {
  if (viewer.kind === "system" || viewer.scopes.has("personal:read")) return true;
  if (viewer.personId !== null && viewer.personId === person.id) return true;
  if (!viewer.scopes.has("organisation:read") || viewer.organisationId === null) return false;
  return memberships.some((one) => one.organisationId === viewer.organisationId && one.status !== "LEFT");
}

/** Whether row-level security shows the viewer every person, membership and secondment; a resolver of accounts sees fewer. */
export function seesEverybody({ kind, scopes }: Viewer): boolean {
  return (
    kind === "system" || scopes.has("personal:read") || scopes.has("operations:read") || scopes.has("analysis:read")
  );
}

/**
 * Whether the viewer may filter and order people by name: only where every person that row-level security shows them is
 * one whose name they may read.
 */
export function mayFilterByName(viewer: Viewer): boolean {
  if (viewer.kind === "system" || viewer.scopes.has("personal:read")) return true;
  const seesOthers = viewer.scopes.has("analysis:read") || viewer.scopes.has("operations:read");
  return viewer.scopes.has("organisation:read") && viewer.organisationId !== null && !seesOthers;
}

/**
 * Whether the viewer may filter and group memberships and secondments by person: only where row-level security shows them
 * every person behind those it shows. A lead sees also those of people who left, or came from elsewhere, and not the people.
 */
export function mayFilterByPerson({ kind, scopes }: Viewer): boolean {
  if (kind === "system" || scopes.has("personal:read")) return true;
  return scopes.has("analysis:read") || scopes.has("operations:read") || !scopes.has("organisation:read");
}

/** The organisation that employs somebody, by their memberships; null when none is primary and lasting. */
export function employerOf(memberships: readonly Belonging[]): string | null {
  return memberships.find((one) => one.isPrimary && one.status !== "LEFT")?.organisationId ?? null;
}
