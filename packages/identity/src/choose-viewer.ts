import { isRole, isScope, roles } from "./roles.ts";
import { clientViewer, personViewer, type Viewer } from "./viewer.ts";

/** An account as Organisations tells it (`Query.account`). */
export interface Account {
  readonly id: string;
  readonly kind: "PERSON" | "CLIENT";
  readonly personId: string | null;
  readonly clientId: string | null;
  readonly memberships: readonly {
    readonly organisationId: string;
    readonly roles: readonly string[];
    readonly primary: boolean;
  }[];
}

/** Why a signed-in caller gets no viewer. Codes are public; messages are for people. */
export interface ViewerRefusal {
  readonly code: "ACCOUNT_UNKNOWN" | "ACTING_ORGANISATION_REFUSED";
  readonly message: string;
}

/** Exactly one of the two is not null. */
export type ViewerChoice =
  | { readonly viewer: Viewer; readonly refusal: null }
  | { readonly viewer: null; readonly refusal: ViewerRefusal };

/**
 * Decides who a verified token's bearer is in the graph.
 *
 * A person gets the roles of one membership: the one they name, or their primary one (the first, if none is marked).
 * Without a membership they have no organisation, no role, no scope. A machine client gets the role CLIENT and those of
 * its scopes that the token asks for. Roles that this release doesn't know are dropped.
 *
 * @param input.account null when nobody has this (issuer, subject)
 * @param input.actingOrganisation the header `x-acting-organisation` as it came; null or undefined when there was none.
 *   An empty one is refused, not ignored.
 * @param input.tokenScopes what the access token grants; narrows machine clients only
 */
export function chooseViewer(input: {
  account: Account | null;
  actingOrganisation?: string | null | undefined;
  tokenScopes: readonly string[];
}): ViewerChoice {
  const { account, actingOrganisation } = input;
  const isWhole = account?.kind === "PERSON" ? account.personId : account?.clientId;
  if (!account || !isWhole)
    return refuse("ACCOUNT_UNKNOWN", "You are signed in, but the graph has no account for you.");

  const membership =
    actingOrganisation === null || actingOrganisation === undefined
      ? (account.memberships.find(({ primary }) => primary) ?? account.memberships[0])
      : account.memberships.find(({ organisationId }) => organisationId === actingOrganisation);
  if (!membership && typeof actingOrganisation === "string") {
    return refuse("ACTING_ORGANISATION_REFUSED", "You have no membership of the organisation that you act for.");
  }

  const organisationId = membership?.organisationId ?? null;
  if (account.kind === "PERSON") {
    const held = (membership?.roles ?? []).filter(isRole).filter((role) => role !== "CLIENT");
    return { viewer: personViewer({ personId: isWhole, organisationId, roles: held }), refusal: null };
  }
  const most: readonly string[] = roles.CLIENT.scopes;
  const granted = input.tokenScopes.filter(isScope).filter((scope) => most.includes(scope));
  return {
    viewer: clientViewer({ clientId: isWhole, organisationId, roles: ["CLIENT"], scopes: granted }),
    refusal: null,
  };
}

function refuse(code: ViewerRefusal["code"], message: string): ViewerChoice {
  return { viewer: null, refusal: { code, message } };
}
