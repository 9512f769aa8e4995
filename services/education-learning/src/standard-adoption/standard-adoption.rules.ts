import type { Viewer } from "@clic/identity";

export type AdoptionStatus = "NOT_ASSESSED" | "RELEVANT" | "NOT_RELEVANT" | "PARTIAL" | "MET" | "REASSESS";

/** What an assessment can find. NOT_ASSESSED is before the first; REASSESS is what a new version makes of MET. */
const findings: readonly AdoptionStatus[] = ["RELEVANT", "NOT_RELEVANT", "PARTIAL", "MET"];

/** What a new version of the standard makes of each. */
export function afterRevision(status: AdoptionStatus): AdoptionStatus {
  return status === "MET" ? "REASSESS" : status;
}

/** Whether this viewer assesses for this organisation: the office for all, a lead for their own. */
export function mayAssess(viewer: Viewer, organisationId: string): boolean {
  return viewer.scopes.has("operations:write") || leads(viewer, organisationId);
}

/** Whether reason, gap and actions are shown: to the organisation's leads, who reads operations, and analysts. */
export function mayReadDetail(viewer: Viewer, organisationId: string): boolean {
  return viewer.scopes.has("operations:read") || viewer.scopes.has("analysis:read") || leads(viewer, organisationId);
}

function leads(viewer: Viewer, organisationId: string): boolean {
  return viewer.scopes.has("organisation:read") && viewer.organisationId === organisationId;
}

export interface Assessment {
  readonly status: AdoptionStatus;
  readonly reason?: string | null;
  readonly gap?: string | null;
  readonly actions?: string | null;
}

/** What is wrong with an assessment, for a person to read; null when nothing is. */
export function assessmentProblem({ status, reason, gap, actions }: Assessment): string | null {
  if (!findings.includes(status)) return `An assessment finds ${findings.join(", ")}; ${status} is not a finding.`;
  if (status === "NOT_RELEVANT" && (reason ?? "").trim() === "")
    return "NOT_RELEVANT needs a reason: say why the standard does not concern the organisation.";
  for (const [name, text] of Object.entries({ reason, gap, actions }))
    if (text != null && (text.trim() === "" || text.length > 2000)) return `${name} has 1 to 2,000 characters.`;
  return null;
}
