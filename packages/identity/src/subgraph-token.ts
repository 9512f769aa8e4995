import { createHmac, createSecretKey, hash, randomFillSync, type KeyObject } from "node:crypto";
import type { Viewer } from "./viewer.ts";

/** How long a subgraph token lives, in seconds. */
export const subgraphTokenLifetime = 30;
export const subgraphTokenIssuer = "clic-gateway";
/** The only header there is. The verifier compares it as text, so there is no algorithm to choose. */
export const subgraphTokenHeader = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");

/** What a subgraph token says: the envelope, and the viewer in short. */
export interface SubgraphTokenClaims {
  iss: string;
  aud: string;
  /** Seconds since 1970, as `exp`. */
  iat: number;
  exp: number;
  jti: string;
  /** base64url SHA-256 of the exact bytes of the body. */
  bod: string;
  knd: Viewer["kind"];
  per: string | null;
  org: string | null;
  cli: string | null;
  rol: readonly string[];
  /** Space separated. */
  scp: string;
}

/**
 * A token for one fetch: this viewer, this subgraph, this body, 30 seconds, used once.
 *
 * @param input.key at least 32 bytes, that subgraph's own
 * @param input.body exactly what will be sent; a text counts as UTF-8
 * @param input.now milliseconds since 1970
 * @returns the JWS; send it as `authorization: Bearer …`
 * @throws RangeError for a short key; TypeError for a system viewer, which never travels
 */
export function signSubgraphToken(input: {
  viewer: Viewer;
  subgraph: string;
  key: Uint8Array;
  body: string | Uint8Array;
  now?: number;
}): string {
  const { viewer } = input;
  if (viewer.kind === "system") throw new TypeError("A system viewer is never put into a token.");
  const iat = Math.floor((input.now ?? Date.now()) / 1000);
  const claims: SubgraphTokenClaims = {
    iss: subgraphTokenIssuer,
    aud: input.subgraph,
    iat,
    exp: iat + subgraphTokenLifetime,
    jti: newTokenId(),
    bod: hash("sha256", input.body, "base64url"),
    knd: viewer.kind,
    per: viewer.personId,
    org: viewer.organisationId,
    cli: viewer.clientId,
    rol: viewer.roles,
    scp: [...viewer.scopes].join(" "),
  };
  const signed = `${subgraphTokenHeader}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${signed}.${subgraphTokenSignature(signed, secretOf(input.key))}`;
}

const randomness = Buffer.alloc(4_096);
let randomnessUsed = randomness.length;

/** 128 random bits. Drawn 256 at a time, since a draw costs as much as the HMAC. */
function newTokenId(): string {
  if (randomnessUsed === randomness.length) {
    randomFillSync(randomness);
    randomnessUsed = 0;
  }
  const from = randomnessUsed;
  randomnessUsed += 16;
  return randomness.toString("base64url", from, randomnessUsed);
}

/** base64url HMAC-SHA-256 of header and payload. */
export function subgraphTokenSignature(signed: string, secret: KeyObject): string {
  return createHmac("sha256", secret).update(signed).digest("base64url");
}

const secrets = new WeakMap<Uint8Array, KeyObject>();

/**
 * The key as node:crypto holds it, made once for each array: an HMAC under a bare array costs five times as much.
 * Bytes changed afterwards are not seen.
 *
 * @throws RangeError when the key has fewer than 32 bytes
 */
export function secretOf(key: Uint8Array): KeyObject {
  const known = secrets.get(key);
  if (known) return known;
  assertSubgraphKey(key);
  const secret = createSecretKey(key);
  secrets.set(key, secret);
  return secret;
}

function assertSubgraphKey(key: Uint8Array): Uint8Array {
  if (key.byteLength < 32) throw new RangeError("A subgraph key has at least 32 bytes.");
  return key;
}

/**
 * Reads a key as the environment carries it: base64url of at least 32 bytes.
 *
 * @throws RangeError for anything else; the message never repeats the text
 */
export function readSubgraphKey(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new RangeError("A subgraph key is base64url text.");
  return assertSubgraphKey(Buffer.from(text, "base64url"));
}
