import type { Viewer } from "@clic/identity";

export type SupportRequestStatus =
  | "RECEIVED"
  | "SCOPING"
  | "ASSESSED"
  | "ACCEPTED"
  | "DECLINED"
  | "REDIRECTED"
  | "WITHDRAWN";

/** What somebody can do with a request, and the statuses in which they can. */
const possibleIn = {
  startScoping: ["RECEIVED"],
  assess: ["RECEIVED", "SCOPING"],
  sponsor: ["RECEIVED", "SCOPING", "ASSESSED"],
  accept: ["ASSESSED"],
  decline: ["RECEIVED", "SCOPING", "ASSESSED"],
  withdraw: ["RECEIVED", "SCOPING", "ASSESSED"],
} as const satisfies Record<string, readonly SupportRequestStatus[]>;

export type SupportRequestAction = keyof typeof possibleIn;

/** Whether a request in this status allows the action. */
export function isPossible(action: SupportRequestAction, status: SupportRequestStatus): boolean {
  return (possibleIn[action] as readonly SupportRequestStatus[]).includes(status);
}

/** How many assessors it takes. */
export const assessorsNeeded = 2;

/** A request's score by its assessors' scores (each 0 to 5): their mean, to two places; null while they are too few. */
export function scoreOf(scores: readonly number[]): number | null {
  if (scores.length < assessorsNeeded) return null;
  return Math.round((scores.reduce((sum, one) => sum + one, 0) / scores.length) * 100) / 100;
}

interface Request {
  readonly requestedById: string;
  readonly requestedByPersonId?: string | null | undefined;
}

/** Whether the request is of an organisation that the assessor acts for or belongs to. */
export function isOwnRequest(viewer: Viewer, request: Request, belongsTo: readonly string[]): boolean {
  return viewer.organisationId === request.requestedById || belongsTo.includes(request.requestedById);
}

/** Whether the viewer may take the request back: whoever made it, the lead of their organisation, the office. */
export function mayWithdraw(viewer: Viewer, request: Request): boolean {
  if (viewer.scopes.has("operations:write")) return true;
  if (!viewer.scopes.has("request:submit")) return false;
  if (viewer.personId !== null && viewer.personId === request.requestedByPersonId) return true;
  return viewer.scopes.has("organisation:read") && viewer.organisationId === request.requestedById;
}

/** Whether row-level security shows the viewer every request. */
export function seesEveryRequest({ kind, scopes }: Viewer): boolean {
  const wide = ["operations:read", "analysis:read", "request:assess", "request:sponsor"] as const;
  return kind === "system" || wide.some((scope) => scopes.has(scope));
}

/** Whether the viewer may read what was written in free text: everybody who sees the row, but not for analysis alone. */
export function mayReadText(viewer: Viewer, request: Request): boolean {
  const { scopes } = viewer;
  if (scopes.has("operations:read") || scopes.has("request:assess") || scopes.has("request:sponsor")) return true;
  if (viewer.personId !== null && viewer.personId === request.requestedByPersonId) return true;
  return scopes.has("organisation:read") && viewer.organisationId === request.requestedById;
}

/** Why a text can't be kept, for a person; null when it can. */
export function problemWithText(name: string, text: string, most: number): string | null {
  const length = text.trim().length;
  return length < 1 || length > most ? `The ${name} needs 1 to ${most.toLocaleString("en-GB")} characters.` : null;
}

/** Why a request can't be made as given, for a person; null when it can. */
export function problemWithRequest(input: { title: string; need: string }): string | null {
  return problemWithText("title", input.title, 200) ?? problemWithText("need", input.need, 5000);
}

/** Why an assessment can't be kept as given, for a person; null when it can. */
export function problemWithAssessment(input: { score: number; rationale: string }): string | null {
  if (!(input.score >= 0 && input.score <= 5)) return "A score is 0 to 5.";
  return problemWithText("rationale", input.rationale, 2000);
}
