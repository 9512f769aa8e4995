import type { Viewer } from "@clic/identity";

export type SupportRequestStatus =
  | "RECEIVED"
  | "SCOPING"
  | "ASSESSED"
  | "ACCEPTED"
  | "DECLINED"
  | "REDIRECTED"
  | "WITHDRAWN";

const undecided = ["RECEIVED", "SCOPING", "ASSESSED"] as const;

interface Step {
  readonly action: string;
  readonly from: SupportRequestStatus | null;
  readonly to: SupportRequestStatus;
}

/** Every step of a request. The use cases ask this table; the README's diagram and the database's trigger are held to it. */
export const supportRequestSteps = [
  { action: "submit", from: null, to: "RECEIVED" },
  { action: "startScoping", from: "RECEIVED", to: "SCOPING" },
  { action: "assess", from: "RECEIVED", to: "SCOPING" },
  { action: "assess", from: "SCOPING", to: "SCOPING" },
  { action: "assess", from: "SCOPING", to: "ASSESSED" },
  { action: "moderate", from: "SCOPING", to: "ASSESSED" },
  { action: "accept", from: "ASSESSED", to: "ACCEPTED" },
  ...undecided.map((from) => ({ action: "sponsor", from, to: from }) as const),
  ...undecided.map((from) => ({ action: "decline", from, to: "DECLINED" }) as const),
  ...undecided.map((from) => ({ action: "redirect", from, to: "REDIRECTED" }) as const),
  ...undecided.map((from) => ({ action: "withdraw", from, to: "WITHDRAWN" }) as const),
] as const satisfies readonly Step[];

export type SupportRequestAction = (typeof supportRequestSteps)[number]["action"];

/** Whether a request in this status allows the action. */
export function isPossible(action: SupportRequestAction, status: SupportRequestStatus): boolean {
  return supportRequestSteps.some((step) => step.action === action && step.from === status);
}

interface Request {
  readonly requestedById: string;
  readonly requestedByPersonId?: string | null | undefined;
}

/** Whether the viewer may take the request back: whoever made it, the lead of their organisation, the office. */
export function mayWithdraw(viewer: Viewer, request: Request): boolean {
  if (viewer.scopes.has("operations:write")) return true;
  if (!viewer.scopes.has("request:submit")) return false;
  if (viewer.personId !== null && viewer.personId === request.requestedByPersonId) return true;
  return viewer.scopes.has("organisation:read") && viewer.organisationId === request.requestedById;
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

/** Why a request can't be passed on as given, for a person; null when it can: to one organisation or body, for a reason. */
export function problemWithRedirection(
  input: { readonly toOrganisationId?: string | null; readonly toBody?: string | null; readonly reason: string },
  requestedById: string,
): string | null {
  const { toOrganisationId, toBody, reason } = input;
  if ((toOrganisationId == null) === (toBody == null))
    return "A request is passed on to an organisation (toOrganisationId) or to another body (toBody): name one of the two.";
  if (toOrganisationId === requestedById) return "This organisation is the one that asks. Name another.";
  return (toBody == null ? null : problemWithText("body", toBody, 200)) ?? problemWithText("reason", reason, 2000);
}
