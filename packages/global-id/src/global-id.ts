import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { globalIdPrefixes, type GlobalIdType } from "./global-id.prefixes.ts";

/**
 * The instant inside every deterministic id, in milliseconds since 1970: 2020-01-01T00:00:00Z.
 * It precedes everything people make, so seeded rows sort before theirs. Changing it changes every seeded id.
 */
export const deterministicInstant = Date.UTC(2020, 0, 1);

const prefixLength = 3;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const typeByPrefix: ReadonlyMap<string, GlobalIdType> = new Map(
  (Object.keys(globalIdPrefixes) as GlobalIdType[]).map((type) => [globalIdPrefixes[type], type]),
);

/** A text that is no global id, or is one of another type. `code` is public; the message never repeats the text. */
export class MalformedGlobalId extends Error {
  readonly code = "MALFORMED_GLOBAL_ID";

  constructor(expected: readonly GlobalIdType[]) {
    const wanted = expected.map((type) => `${globalIdPrefixes[type]}_…`).join(" or ");
    super(wanted === "" ? "This is not a global id." : `This is not the id of ${expected.join(" or ")} (${wanted}).`);
    this.name = "MalformedGlobalId";
  }
}

/**
 * A new bare uuid v7, canonical lower case. Ids made one after another without `now` sort in that order;
 * with `now` (Date, or milliseconds since 1970) the order within one millisecond is random.
 */
export function newUuid(now?: Date | number): string {
  return now === undefined ? v7() : v7({ msecs: Number(now) });
}

/** A new global id of this type. `now` as for {@link newUuid}. */
export function newGlobalId(type: GlobalIdType, now?: Date | number): string {
  return encodeGlobalId(type, newUuid(now));
}

/**
 * The global id of a stored row. Trusts `uuid`: it is called for every row, and Postgres prints uuids canonically.
 * Never give it what came from a client; decode that first.
 */
export function encodeGlobalId(type: GlobalIdType, uuid: string): string {
  return `${globalIdPrefixes[type]}_${uuid}`;
}

/**
 * Takes an id from outside apart. Accepts one spelling only: prefix, underscore, uuid v7 in lower case with hyphens.
 *
 * @param type the type, or the types, that this id may have here
 * @throws MalformedGlobalId for anything else, a well-formed id of another type included
 */
export function decodeGlobalId<T extends GlobalIdType>(id: string, type: T | readonly T[]): { type: T; uuid: string } {
  const found = typeOfGlobalId(id);
  const accepted: readonly T[] = typeof type === "string" ? [type] : type;
  if (found === null || !(accepted as readonly GlobalIdType[]).includes(found)) throw new MalformedGlobalId(accepted);
  return { type: found as T, uuid: id.slice(prefixLength + 1) };
}

/** The type that a well-formed global id carries; null for any other value. Says nothing about whether the row exists. */
export function typeOfGlobalId(id: unknown): GlobalIdType | null {
  if (typeof id !== "string" || id[prefixLength] !== "_") return null;
  const type = typeByPrefix.get(id.slice(0, prefixLength));
  return type !== undefined && uuidPattern.test(id.slice(prefixLength + 1)) ? type : null;
}

/** Whether this is a well-formed global id, of this type when one is given. */
export function isGlobalId(id: unknown, type?: GlobalIdType): id is string {
  const found = typeOfGlobalId(id);
  return found !== null && (type === undefined || found === type);
}

/**
 * The same uuid for the same type and key, for ever: for seeds and imports that must be idempotent. A valid uuid v7
 * whose time is {@link deterministicInstant} and whose other 74 bits come from the SHA-256 of type and key.
 *
 * Anybody who knows the key can compute it: an id is no secret.
 */
export function deterministicUuid(type: GlobalIdType, key: string): string {
  const digest = createHash("sha256").update(`${type}\0${key}`).digest();
  return v7({ msecs: deterministicInstant, seq: digest.readUInt32BE(16), random: digest.subarray(0, 16) });
}

/** The global id with {@link deterministicUuid} behind the prefix. */
export function deterministicGlobalId(type: GlobalIdType, key: string): string {
  return encodeGlobalId(type, deterministicUuid(type, key));
}
