import type { Viewer } from "@clic/identity";

/** The organisation whose people, requests and secondments the viewer reads as its lead; null when they lead none. */
export function ledBy({ scopes, organisationId }: Viewer): string | null {
  return scopes.has("organisation:read") ? organisationId : null;
}
