import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { RequestRefused, createRateLimit, inflate, networkOf, refuseJsonShape, refuseOtherThanUtf8 } from "./index.ts";

function refusalOf(act: () => unknown): [status: number, code: string] | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    return [error.statusCode, error.code];
  }
}

describe("a body", () => {
  const encodings = { gzip: gzipSync, "x-gzip": gzipSync, deflate: deflateSync, br: brotliCompressSync };
  it.each(Object.entries(encodings))("that was compressed by %s comes out as it was", async (encoding, compress) => {
    const inflated = inflate(Readable.from([compress("{}")]), encoding.toUpperCase(), 2);
    expect((await buffer(inflated)).toString()).toBe("{}");
  });

  it("that wasn't compressed is left alone, and other encodings are refused", () => {
    const body = Readable.from(["{}"]);
    for (const encoding of [undefined, "", "identity"]) expect(inflate(body, encoding, 0)).toBe(body);
    for (const encoding of ["gzip, gzip", "zstd", "constructor"])
      expect(refusalOf(() => inflate(body, encoding, 9))).toEqual([415, "BAD_REQUEST"]);
  });

  it("that is not what it says it is fails as it is read", async () => {
    await expect(buffer(inflate(Readable.from([Buffer.from("{}")]), "gzip", 9))).rejects.toThrow();
  });

  it("that would become too large is inflated no further than to the limit", async () => {
    const bomb = Readable.from([gzipSync(Buffer.alloc(64 * 1024 * 1024))]);
    const inflated = inflate(bomb, "gzip", 1_000_000);
    let length = 0;
    inflated.on("data", (chunk: Buffer) => (length += chunk.length));
    await expect(finished(inflated)).rejects.toMatchObject({ statusCode: 413, code: "BODY_TOO_LARGE" });
    expect(length).toBeLessThanOrEqual(1_000_000);
  });

  it("is UTF-8, and says so or nothing", () => {
    const json = "application/json";
    for (const type of [json, `${json}; charset=utf-8`, `${json};charset="UTF8"`, undefined])
      expect(refusalOf(() => refuseOtherThanUtf8(Buffer.from('"ä€😀"'), type))).toBeUndefined();
    expect(refusalOf(() => refuseOtherThanUtf8(Buffer.from("{}", "utf16le"), `${json}; charset=utf-16`))).toEqual([
      415,
      "BODY_ENCODING_REFUSED",
    ]);
    for (const bytes of [Buffer.from("ä", "latin1"), Buffer.from([0xc0, 0xaf]), Buffer.from([0xed, 0xa0, 0x80])])
      expect(refusalOf(() => refuseOtherThanUtf8(bytes, json))).toEqual([400, "BODY_ENCODING_REFUSED"]);
  });
});

describe("JSON", () => {
  const shape = (json: string, limits: { nesting?: number; values?: number }): unknown =>
    refusalOf(() => refuseJsonShape(Buffer.from(json), { nesting: Infinity, values: Infinity, ...limits }));

  it("may be nested as deep as the limit", () => {
    expect(shape('{"a":[{},{"b":[]}],"c":[[]]}', { nesting: 4 })).toBeUndefined();
    expect(shape('{"a":[{},{"b":[]}],"c":[[]]}', { nesting: 3 })).toEqual([400, "JSON_TOO_DEEP"]);
    expect(shape("[".repeat(1_000_000), { nesting: 50 })).toEqual([400, "JSON_TOO_DEEP"]);
  });

  it("may have as many values as the limit", () => {
    expect(shape('{"a":1,"b":[2,3]}', { values: 5 })).toBeUndefined();
    expect(shape('{"a":1,"b":[2,3]}', { values: 4 })).toEqual([400, "JSON_TOO_MANY_VALUES"]);
  });

  it("is not measured by what stands in strings", () => {
    expect(shape(JSON.stringify(['[[[,,,"[[', "\\", '\\"[[']), { nesting: 1, values: 4 })).toBeUndefined();
  });
});

describe("a rate limit", () => {
  it("admits as many as it says, tells how many are left, and refuses the rest with the time to wait", async () => {
    const limit = createRateLimit({ name: "person", requests: 2, windowSeconds: 60 });
    const policy = { "ratelimit-policy": '"person";q=2;w=60' };
    const told = (left: number): unknown => ({
      ...policy,
      ratelimit: expect.stringMatching(`^"person";r=${left};t=\\d+$`),
    });
    expect(await limit.count("one")).toEqual({ admitted: true, headers: told(1) });
    expect(await limit.count("one")).toEqual({ admitted: true, headers: told(0) });
    const { admitted, headers } = await limit.count("one");
    expect([admitted, headers]).toEqual([
      false,
      { ...(told(0) as object), "retry-after": expect.stringMatching(/^\d+$/) },
    ]);
    expect((await limit.count("another")).admitted).toBe(true);
  });
});

describe("the network of an address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:0:7:1:2:3:4", "2001:db8:0:7::/64"],
    ["2001:DB8:0:7::9", "2001:db8:0:7::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("of %s is %s", (address, network) => expect(networkOf(address)).toBe(network));
});
