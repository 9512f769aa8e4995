import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { validate, version } from "uuid";
import {
  decodeGlobalId,
  deterministicGlobalId,
  deterministicInstant,
  deterministicUuid,
  encodeGlobalId,
  globalIdPrefixes,
  type GlobalIdType,
  isGlobalId,
  MalformedGlobalId,
  newGlobalId,
  newUuid,
  typeOfGlobalId,
} from "./index.ts";

const types = Object.keys(globalIdPrefixes) as GlobalIdType[];
const anyType = fc.constantFrom(...types);
const anyInstant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const millisecondsOf = (uuid: string) => Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16);

describe("the prefix table", () => {
  it("gives every type three lower-case letters of its own", () => {
    const prefixes = Object.values(globalIdPrefixes);
    expect(prefixes.filter((prefix) => !/^[a-z]{3}$/.test(prefix))).toEqual([]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe("a global id", () => {
  it("decodes to the type and uuid it was made of", () => {
    fc.assert(
      fc.property(anyType, anyInstant, (type, now) => {
        const uuid = newUuid(now);
        const id = encodeGlobalId(type, uuid);
        expect(decodeGlobalId(id, type)).toEqual({ type, uuid });
        expect(decodeGlobalId(id, types)).toEqual({ type, uuid });
        expect(typeOfGlobalId(id)).toBe(type);
        expect(isGlobalId(id, type)).toBe(true);
      }),
    );
  });

  it("carries the time it was made", () => {
    fc.assert(fc.property(anyInstant, (now) => expect(millisecondsOf(newUuid(now))).toBe(now)));
    expect(newUuid(new Date(1_000)).slice(0, 13)).toBe("00000000-03e8");
  });

  it("sorts after the ids made before it", () => {
    const ids = Array.from({ length: 5_000 }, () => newGlobalId("Event"));
    expect(ids.toSorted()).toEqual(ids);
  });

  it("is refused where another type is expected, in a coded error that names what was expected", () => {
    fc.assert(
      fc.property(anyType, anyType, (made, expected) => {
        fc.pre(made !== expected);
        expect(() => decodeGlobalId(newGlobalId(made), expected)).toThrow(MalformedGlobalId);
        expect(isGlobalId(newGlobalId(made), expected)).toBe(false);
      }),
    );
    const refusal = new MalformedGlobalId(["Event", "Venue"]);
    expect(refusal.code).toBe("MALFORMED_GLOBAL_ID");
    expect(refusal.message).toBe("This is not the id of Event or Venue (evt_… or ven_…).");
  });

  it("has one spelling: no upper case, no braces, no spaces, no other uuid version", () => {
    const uuid = "0190a0b0-c0d0-7abc-8def-0123456789ab";
    expect(isGlobalId(`evt_${uuid}`)).toBe(true);
    const others = [
      `EVT_${uuid}`,
      `evt_${uuid.toUpperCase()}`,
      `evt-${uuid}`,
      `evt_{${uuid}}`,
      `evt_${uuid} `,
      ` evt_${uuid}`,
      `evt_${uuid}\n`,
      `evt_${uuid.replaceAll("-", "")}`,
      "evt_0190a0b0-c0d0-4abc-8def-0123456789ab",
      "evt_0190a0b0-c0d0-7abc-cdef-0123456789ab",
      `xxx_${uuid}`,
      uuid,
      "evt_",
      "",
    ];
    expect(others.filter((other) => isGlobalId(other))).toEqual([]);
  });

  it("is never found in arbitrary values, and looking never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.anything()), (value) => expect(typeOfGlobalId(value)).toBeNull()));
    for (const value of ["constructor", "__proto__", "toS_tring"]) expect(typeOfGlobalId(value)).toBeNull();
  });

  it("loses its meaning with any one character changed, unless it becomes another well-formed id", () => {
    fc.assert(
      fc.property(anyType, fc.nat({ max: 39 }), fc.string({ minLength: 1, maxLength: 1 }), (type, at, character) => {
        const id = newGlobalId(type);
        const changed = id.slice(0, at) + character + id.slice(at + 1);
        const found = typeOfGlobalId(changed);
        const again = found === null ? changed : encodeGlobalId(found, decodeGlobalId(changed, found).uuid);
        expect(again).toBe(changed);
      }),
    );
  });
});

describe("a deterministic id", () => {
  it("is the same for the same type and key, and differs for any other", () => {
    fc.assert(
      fc.property(anyType, anyType, fc.string(), fc.string(), (type, otherType, key, otherKey) => {
        expect(deterministicGlobalId(type, key)).toBe(deterministicGlobalId(type, key));
        if (key !== otherKey) expect(deterministicUuid(type, key)).not.toBe(deterministicUuid(type, otherKey));
        if (type !== otherType) expect(deterministicUuid(type, key)).not.toBe(deterministicUuid(otherType, key));
      }),
    );
  });

  it("is a valid uuid v7 of the documented instant", () => {
    fc.assert(
      fc.property(anyType, fc.string(), (type, key) => {
        const uuid = deterministicUuid(type, key);
        expect(validate(uuid) && version(uuid) === 7).toBe(true);
        expect(millisecondsOf(uuid)).toBe(deterministicInstant);
        expect(decodeGlobalId(deterministicGlobalId(type, key), type).uuid).toBe(uuid);
      }),
    );
  });

  it("never changes from one release to the next", () => {
    expect(deterministicGlobalId("Organisation", "clic")).toMatchInlineSnapshot(
      `"org_016f5e66-e800-7a60-a19f-2016f29d7a9e"`,
    );
  });
});
