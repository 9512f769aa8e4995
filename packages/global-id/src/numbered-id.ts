import { deterministicInstant, encodeGlobalId } from "./global-id.ts";
import type { GlobalIdType } from "./global-id.prefixes.ts";

const afterInstant = 1;

/** The least and the greatest bare uuid that {@link numberedUuid} can make: what is between was numbered. */
export const numberedUuids = {
  first: `${timeOf(0)}-7000-8000-000000000000`,
  last: `${timeOf(2 ** 32)}-7fff-bfff-ffffffffffff`,
} as const;

/**
 * The same uuid for the same type and number, for ever; in the order of the numbers, so that many of them can be made and
 * stored one after another quickly. A valid uuid v7: its time is the number in milliseconds after
 * `deterministicInstant`, and its other bits are mixed from type and number. As little a secret as a deterministic one.
 *
 * @param number a whole number from 0 to 2^32
 */
export function numberedUuid(type: GlobalIdType, number: number): string {
  const seed = seedOf(type);
  const first = mix(number ^ seed);
  const second = mix(first + seed);
  const third = mix(second ^ number);
  const version = 0x7000 | (first & 0xfff);
  const variant = 0x8000 | (second & 0x3fff);
  return `${timeOf(number)}-${version.toString(16)}-${variant.toString(16)}-${hex(third >>> 16)}${hex(third & 0xffff)}${hex(first >>> 16)}`;
}

/** The global id with {@link numberedUuid} behind the prefix. */
export function numberedGlobalId(type: GlobalIdType, number: number): string {
  return encodeGlobalId(type, numberedUuid(type, number));
}

function timeOf(number: number): string {
  const text = (deterministicInstant + afterInstant + number).toString(16).padStart(12, "0");
  return `${text.slice(0, 8)}-${text.slice(8)}`;
}

function hex(sixteenBits: number): string {
  return (0x10000 | sixteenBits).toString(16).slice(1);
}

const seeds = new Map<GlobalIdType, number>();

function seedOf(type: GlobalIdType): number {
  let seed = seeds.get(type);
  if (seed === undefined) {
    seed = 0x811c9dc5;
    for (let index = 0; index < type.length; index++) seed = Math.imul(seed ^ type.charCodeAt(index), 0x01000193);
    seeds.set(type, seed);
  }
  return seed;
}

/** MurmurHash3's finaliser: every bit of what comes out depends on every bit of what went in. */
function mix(bits: number): number {
  let mixed = bits | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
