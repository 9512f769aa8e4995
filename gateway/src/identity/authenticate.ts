import type { IncomingHttpHeaders } from "node:http";
import { HeaderMap } from "@apollo/server";
import {
  AccessTokenRefused,
  type AccessTokenBearer,
  type AccessTokenVerifier,
  type Viewer,
  anonymousViewer,
  IssuerUnavailable,
  chooseViewer,
  readBearer,
} from "@clic/identity";
import { GraphQLError } from "graphql";
import { withoutWords } from "@clic/telemetry";
import type { Logger } from "pino";
import type { ErrorCode } from "../error-catalogue.ts";
import type { FindAccount } from "./accounts.ts";

export interface AuthenticatorOptions {
  readonly verify: AccessTokenVerifier;
  readonly findAccount: FindAccount;
  readonly log: Logger;
}

/** Says who sent a request; rejects with a GraphQLError that carries its HTTP status. */
export type Authenticate = (headers: IncomingHttpHeaders, requestId: string) => Promise<Viewer>;

/**
 * Makes a viewer of a request by its bearer token and, for people with several memberships, `x-acting-organisation`.
 * No other header counts, whoever may have set it. Without `authorization` the caller is anonymous; a bad token is never.
 */
export function createAuthenticator({ verify, findAccount, log }: AuthenticatorOptions): Authenticate {
  async function claimsOf(authorization: string, requestId: string): Promise<AccessTokenBearer> {
    const bearer = readBearer(authorization);
    if (bearer === null) throw unauthenticated("The authorization header is not `Bearer <access token>`.");
    try {
      return await verify(bearer);
    } catch (error) {
      if (error instanceof AccessTokenRefused) {
        log.info({ requestId, reason: error.reason }, "access token refused");
        throw unauthenticated("The access token is expired, malformed or not meant for this graph.");
      }
      if (!(error instanceof IssuerUnavailable)) throw error;
      log.error({ requestId, reason: error.message, cause: withoutWords(error.cause) }, "the issuer cannot be asked");
      throw unavailable("The token's issuer cannot be reached.");
    }
  }

  return async (headers, requestId) => {
    const { authorization, "x-acting-organisation": named } = headers;
    const actingOrganisation = Array.isArray(named) ? named.join() : named;
    if (authorization === undefined) {
      if (actingOrganisation === undefined) return anonymousViewer;
      throw refuse("ACTING_ORGANISATION_REFUSED", 403, "Sign in to act for an organisation, or name none.");
    }
    const { issuer, subject, scopes } = await claimsOf(authorization, requestId);
    const account = await findAccount(issuer, subject, requestId).catch((error: Error) => {
      log.error({ requestId, reason: error.message }, "the account cannot be found out");
      throw unavailable("The service that knows accounts is not available.");
    });
    const { viewer, refusal } = chooseViewer({ account, actingOrganisation, tokenScopes: scopes });
    if (refusal === null) return viewer;
    throw refuse(refusal.code, 403, `${refusal.message} ${CURES[refusal.code]}`);
  };
}

const CURES = {
  ACCOUNT_UNKNOWN: "Ask the collaborative's office to link your sign-in to your person.",
  ACTING_ORGANISATION_REFUSED: "Name one of your own in x-acting-organisation, or leave the header out.",
} as const satisfies Partial<Record<ErrorCode, string>>;

/** Takes everybody as anonymous and refuses tokens: for a gateway without an issuer. */
export const authenticateNobody: Authenticate = async ({ authorization }) => {
  if (authorization === undefined) return anonymousViewer;
  throw refuse("UNAUTHENTICATED", 401, "This gateway knows no issuer, so no access token counts. Send none.");
};

function unauthenticated(what: string): GraphQLError {
  const challenge = new HeaderMap([["www-authenticate", 'Bearer error="invalid_token"']]);
  return refuse(
    "UNAUTHENTICATED",
    401,
    `${what} Sign in again for a new one, or send none to ask as anybody.`,
    challenge,
  );
}

function unavailable(what: string): GraphQLError {
  return refuse("IDENTITY_UNAVAILABLE", 503, `${what} Try again, or ask without a token.`);
}

function refuse(code: ErrorCode, status: number, message: string, headers?: HeaderMap): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, ...(headers && { headers }) } } });
}
