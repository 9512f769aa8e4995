import { hash, timingSafeEqual, type KeyObject } from "node:crypto";
import { readBearer } from "./bearer.ts";
import { createReplayMemory } from "./replay-memory.ts";
import { isRole, isScope } from "./roles.ts";
import {
  secretOf,
  subgraphTokenHeader,
  subgraphTokenIssuer,
  subgraphTokenLifetime,
  subgraphTokenSignature,
  type SubgraphTokenClaims,
} from "./subgraph-token.ts";
import type { Viewer } from "./viewer.ts";

/** How far ahead the gateway's clock may be, in seconds. */
const clockSkew = 5;
const longestToken = 16_384;

/** Why a subgraph refused. For its log: the caller is told 401 and nothing more. */
export type SubgraphTokenRefusal =
  | "missing"
  | "malformed"
  | "algorithm"
  | "signature"
  | "issuer"
  | "audience"
  | "not-yet-valid"
  | "expired"
  | "lifetime"
  | "body"
  | "viewer"
  | "reused";

/** The one thing `verify` throws. Answer 401. */
export class SubgraphTokenRefused extends Error {
  readonly code = "SUBGRAPH_TOKEN_REFUSED";
  readonly reason: SubgraphTokenRefusal;

  constructor(reason: SubgraphTokenRefusal) {
    super(`The subgraph token was refused: ${reason}.`);
    this.name = "SubgraphTokenRefused";
    this.reason = reason;
  }
}

/** Verifies the tokens of one subgraph and remembers which were used. */
export interface SubgraphTokenVerifier {
  /**
   * @param authorization the header as it came
   * @param body the exact bytes as they came, before parsing; an empty text when there was none
   * @returns the viewer that the gateway vouches for
   * @throws SubgraphTokenRefused for everything but a fresh token for this subgraph and this body
   */
  verify(authorization: string | undefined, body: Uint8Array | string): Viewer;
}

/**
 * Make one a process and keep it: its memory of used tokens is what refuses the second use, and it is this process's own.
 * Two replicas of a subgraph each accept a token once.
 *
 * @param options.now milliseconds since 1970
 * @throws RangeError for a key of fewer than 32 bytes
 */
export function createSubgraphTokenVerifier(options: {
  subgraph: string;
  key: Uint8Array;
  now?: () => number;
}): SubgraphTokenVerifier {
  const secret = secretOf(options.key);
  const clock = options.now ?? Date.now;
  const used = createReplayMemory(subgraphTokenLifetime + clockSkew);

  return {
    verify(authorization, body) {
      const claims = readSigned(readBearer(authorization), secret);
      const now = Math.floor(clock() / 1000);
      if (claims.iss !== subgraphTokenIssuer) throw new SubgraphTokenRefused("issuer");
      if (claims.aud !== options.subgraph) throw new SubgraphTokenRefused("audience");
      if (!(claims.iat <= now + clockSkew)) throw new SubgraphTokenRefused("not-yet-valid");
      if (!(claims.exp > now)) throw new SubgraphTokenRefused("expired");
      if (!(claims.exp - claims.iat <= subgraphTokenLifetime)) throw new SubgraphTokenRefused("lifetime");
      if (claims.bod !== hash("sha256", body, "base64url")) throw new SubgraphTokenRefused("body");
      const viewer = readViewer(claims);
      if (typeof claims.jti !== "string" || claims.jti.length < 16) throw new SubgraphTokenRefused("malformed");
      if (!used.firstUse(claims.jti, now)) throw new SubgraphTokenRefused("reused");
      return viewer;
    },
  };
}

/** Nothing is parsed before its signature has been checked. */
function readSigned(
  token: string | null,
  secret: KeyObject,
): Partial<SubgraphTokenClaims> & { iat: number; exp: number } {
  if (token === null) throw new SubgraphTokenRefused("missing");
  const parts = token.split(".", 4);
  const [header, payload, signature] = parts;
  if (token.length > longestToken || parts.length !== 3 || !payload || !signature)
    throw new SubgraphTokenRefused("malformed");
  if (header !== subgraphTokenHeader) throw new SubgraphTokenRefused("algorithm");
  const expected = Buffer.from(subgraphTokenSignature(`${header}.${payload}`, secret));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new SubgraphTokenRefused("signature");
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    if (typeof claims !== "object" || claims === null) throw new SubgraphTokenRefused("malformed");
    return { iat: Number.NaN, exp: Number.NaN, ...claims };
  } catch {
    throw new SubgraphTokenRefused("malformed");
  }
}

function readViewer(claims: Partial<SubgraphTokenClaims>): Viewer {
  const { knd, per, org, cli, rol, scp } = claims;
  const idsAreTexts = [per, org, cli].every((id) => id === null || typeof id === "string");
  const kindTravels = knd === "anonymous" || knd === "person" || knd === "client";
  if (!kindTravels || !idsAreTexts || !Array.isArray(rol) || typeof scp !== "string")
    throw new SubgraphTokenRefused("viewer");
  if (knd === "person" && !per) throw new SubgraphTokenRefused("viewer");
  if (knd === "client" && !cli) throw new SubgraphTokenRefused("viewer");
  return {
    kind: knd,
    personId: per ?? null,
    organisationId: org ?? null,
    clientId: cli ?? null,
    roles: rol.filter(isRole),
    scopes: new Set(scp.split(" ").filter(isScope)),
  };
}
