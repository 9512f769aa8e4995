import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { discoverKeys } from "./discover-keys.ts";

/** Signatures that an issuer may use. Symmetric ones and `none` are not among them, whatever a token says. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];
/** `typ` says what a JWT is for (RFC 9068); many issuers leave it out or say only JWT. */
const accessTokenTypes = new Set([undefined, "jwt", "at+jwt", "application/at+jwt"]);
const clockTolerance = 5;
const longestToken = 8_192;
const timeoutDuration = 5_000;

/** What an accepted access token says about its bearer. */
export interface AccessTokenBearer {
  readonly issuer: string;
  readonly subject: string;
  /** The application that asked for the token; null when the issuer doesn't say. */
  readonly clientId: string | null;
  readonly scopes: readonly string[];
}

/** The token is no good and trying again won't help: answer 401. The reason is for the log. */
export class AccessTokenRefused extends Error {
  readonly code = "ACCESS_TOKEN_REFUSED";
  readonly retryable = false;
  /** jose's code, such as ERR_JWT_EXPIRED, or a word of ours. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The access token was refused: ${reason}.`, options);
    this.name = "AccessTokenRefused";
    this.reason = reason;
  }
}

/** The issuer's keys couldn't be had, so nothing is known of the token: answer 503 and let the caller retry. */
export class IssuerUnavailable extends Error {
  readonly code = "ISSUER_UNAVAILABLE";
  readonly retryable = true;

  constructor(issuer: string, options?: ErrorOptions) {
    super(`The keys of the issuer ${issuer} can't be had just now.`, options);
    this.name = "IssuerUnavailable";
  }
}

/** @throws AccessTokenRefused, or IssuerUnavailable when the token couldn't be judged */
export type AccessTokenVerifier = (bearer: string) => Promise<AccessTokenBearer>;

/**
 * Verifies the access tokens (JWT) of one OIDC issuer: signature, issuer, audience, expiry.
 *
 * Make one a process and keep it. It reads the issuer's configuration and keys when the first token comes, keeps the keys
 * for ten minutes, and for a key it doesn't know asks again at most every 30 seconds. Keys come from where the issuer's
 * configuration says: only name an issuer you trust.
 *
 * @param options.issuer the issuer's URL, exactly as its tokens spell it
 * @param options.audience what the tokens must be for
 */
export function createAccessTokenVerifier(options: { issuer: string; audience: string }): AccessTokenVerifier {
  const { issuer, audience } = options;
  const jwks = discoverKeys(issuer, timeoutDuration, (url) =>
    createRemoteJWKSet(url, { timeoutDuration, cooldownDuration: 30_000, cacheMaxAge: 600_000 }),
  );

  const getKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await (
        await jwks()
      )(header, token);
    } catch (cause) {
      const keyIsTheTokens =
        cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys;
      if (keyIsTheTokens) throw cause;
      throw new IssuerUnavailable(issuer, { cause });
    }
  };

  return async (bearer) => {
    if (bearer.length > longestToken) throw new AccessTokenRefused("too long");
    try {
      const requiredClaims = ["exp", "sub"];
      const verified = await jwtVerify(bearer, getKey, {
        issuer,
        audience,
        algorithms,
        clockTolerance,
        requiredClaims,
      });
      if (!accessTokenTypes.has(verified.protectedHeader.typ?.toLowerCase()))
        throw new AccessTokenRefused("no access token");
      return readClaims(verified.payload, issuer);
    } catch (cause) {
      if (cause instanceof errors.JOSEError) throw new AccessTokenRefused(cause.code, { cause });
      throw cause;
    }
  };
}

function readClaims(payload: JWTPayload, issuer: string): AccessTokenBearer {
  const { sub, client_id: clientId, azp, scope, scp } = payload;
  if (typeof sub !== "string" || sub === "") throw new AccessTokenRefused("no subject");
  const client = [clientId, azp].find((value) => typeof value === "string");
  const listed: unknown[] = typeof scope === "string" ? scope.split(" ") : Array.isArray(scp) ? scp : [];
  const scopes = listed.filter((name): name is string => typeof name === "string" && name !== "");
  return { issuer, subject: sub, clientId: client ?? null, scopes };
}
