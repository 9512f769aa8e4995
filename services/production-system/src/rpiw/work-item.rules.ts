import { decodeGlobalId } from "@clic/global-id";
import type { Source } from "./rpiw.rules.ts";

const sources: readonly string[] = ["FOUNDING", "DEMO", "USER"] satisfies Source[];

/** Where a work item comes from, as its fact says; entered by somebody when it does not say. */
export function sourceOf(data: object): Source {
  const said = "source" in data ? String(data.source) : "USER";
  return sources.includes(said) ? (said as Source) : "USER";
}

/** The bare uuid of the organisation that leads, null when none is named. Throws MalformedGlobalId. */
export function decodeLead(leadOrganisationId: string | null): string | null {
  return leadOrganisationId === null ? null : decodeGlobalId(leadOrganisationId, "Organisation").uuid;
}
