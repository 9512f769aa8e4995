import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  anonymousViewer,
  clientViewer,
  createSubgraphTokenVerifier,
  personViewer,
  readSubgraphKey,
  signSubgraphToken,
  SubgraphTokenRefused,
  systemViewer,
} from "./index.ts";
import type { SubgraphTokenClaims } from "./subgraph-token.ts";

const key = new Uint8Array(32).fill(7);
const at = Date.UTC(2026, 0, 1);
const body = '{"query":"{ me { id } }"}';
const lead = personViewer({ personId: "per_1", organisationId: "org_1", roles: ["MEMBER", "LEAD"] });

const verifierAt = (now: () => number = () => at) => createSubgraphTokenVerifier({ subgraph: "events", key, now });
const tokenFor = (viewer = lead) => signSubgraphToken({ viewer, subgraph: "events", key, body, now: at });

/** Signs whatever a test wants signed, rightly, so that only the guard under test can refuse it. */
function forge(change: Partial<Record<keyof SubgraphTokenClaims, unknown>>, header?: string): string {
  const [given, payload] = tokenFor().split(".") as [string, string];
  const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), ...change };
  const protectedHeader = header === undefined ? given : Buffer.from(header).toString("base64url");
  return sealed(`${protectedHeader}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`);
}
const sealed = (signed: string) => `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;

function refusal(token: string | undefined, given: string | Uint8Array = body, verifier = verifierAt()): string {
  try {
    verifier.verify(token === undefined ? undefined : `Bearer ${token}`, given);
  } catch (error) {
    if (error instanceof SubgraphTokenRefused) return error.reason;
    throw error;
  }
  return "accepted";
}

describe("a subgraph token", () => {
  it.each([anonymousViewer, lead, clientViewer({ clientId: "gateway", scopes: ["account:resolve"] })])(
    "carries the viewer to the subgraph unchanged",
    (viewer) => expect(verifierAt().verify(`Bearer ${tokenFor(viewer)}`, body)).toEqual(viewer),
  );

  it("is the same for a body given as text or as bytes", () => {
    expect(refusal(tokenFor(), Buffer.from(body))).toBe("accepted");
    expect(
      refusal(signSubgraphToken({ viewer: lead, subgraph: "events", key, body: Buffer.from(body), now: at })),
    ).toBe("accepted");
  });

  it("has an id that no other has", () => {
    const ids = Array.from({ length: 2_000 }, () => {
      const payload = Buffer.from(tokenFor().split(".")[1] ?? "", "base64url").toString();
      return (JSON.parse(payload) as SubgraphTokenClaims).jti;
    });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => Buffer.from(id, "base64url").length !== 16)).toEqual([]);
  });

  it("never carries a system viewer", () => {
    expect(() => tokenFor(systemViewer("loader"))).toThrow(TypeError);
    expect(refusal(forge({ knd: "system" }))).toBe("viewer");
  });

  it("is made and checked with a key of at least 32 bytes only", () => {
    const short = new Uint8Array(31);
    expect(() => signSubgraphToken({ viewer: lead, subgraph: "events", key: short, body })).toThrow(RangeError);
    expect(() => createSubgraphTokenVerifier({ subgraph: "events", key: short })).toThrow(RangeError);
  });
});

describe("a subgraph refuses", () => {
  it("a request without a token, or with another scheme", () => {
    expect(refusal(undefined)).toBe("missing");
    expect(() => verifierAt().verify(`Basic ${tokenFor()}`, body)).toThrow("missing");
    expect(() => verifierAt().verify(tokenFor(), body)).toThrow("missing");
  });

  it("a token with another algorithm in its header, even when the signature fits", () => {
    for (const alg of ["none", "HS512", "RS256", "hs256"]) {
      expect(refusal(forge({}, JSON.stringify({ alg, typ: "JWT" })))).toBe("algorithm");
    }
    const [header, payload] = forge({}, '{"alg":"none"}').split(".");
    expect(refusal(`${header}.${payload}.`)).toBe("malformed");
  });

  it("a token signed with another key, or changed after it was signed", () => {
    const foreign = signSubgraphToken({ viewer: lead, subgraph: "events", key: new Uint8Array(32), body, now: at });
    expect(refusal(foreign)).toBe("signature");
    const [header, , signature] = tokenFor().split(".");
    const payload = forge({ per: "per_2" }).split(".")[1];
    expect(refusal(`${header}.${payload}.${signature}`)).toBe("signature");
    expect(refusal(`${header}.${payload}.${signature?.slice(1)}`)).toBe("signature");
  });

  it("a token that the gateway didn't issue", () => expect(refusal(forge({ iss: "somebody" }))).toBe("issuer"));

  it("a token for another subgraph, under the same key", () => {
    expect(refusal(signSubgraphToken({ viewer: lead, subgraph: "leadership", key, body, now: at }))).toBe("audience");
    expect(refusal(forge({ aud: ["events"] }))).toBe("audience");
  });

  it("an expired token, from the second it expires", () => {
    const token = tokenFor();
    expect(
      refusal(
        token,
        body,
        verifierAt(() => at + 29_999),
      ),
    ).toBe("accepted");
    expect(
      refusal(
        token,
        body,
        verifierAt(() => at + 30_000),
      ),
    ).toBe("expired");
    expect(refusal(forge({ exp: undefined }))).toBe("expired");
  });

  it("a token from more than five seconds ahead", () => {
    const token = tokenFor();
    expect(
      refusal(
        token,
        body,
        verifierAt(() => at - 5_000),
      ),
    ).toBe("accepted");
    expect(
      refusal(
        token,
        body,
        verifierAt(() => at - 6_000),
      ),
    ).toBe("not-yet-valid");
    expect(refusal(forge({ iat: undefined }))).toBe("not-yet-valid");
  });

  it("a token that lives longer than a token may", () => {
    expect(refusal(forge({ exp: at / 1000 + 31 }))).toBe("lifetime");
  });

  it("a token for another body, down to one byte", () => {
    expect(refusal(tokenFor(), `${body} `)).toBe("body");
    expect(refusal(tokenFor(), "")).toBe("body");
    expect(refusal(forge({ bod: undefined }))).toBe("body");
  });

  it("a second use, until the token has expired anyway", () => {
    let now = at - 5_000;
    const verifier = verifierAt(() => now);
    const token = tokenFor();
    expect(refusal(token, body, verifier)).toBe("accepted");
    for (const seconds of [-5, 0, 10, 29]) {
      now = at + seconds * 1000;
      expect(refusal(tokenFor(), body, verifier)).toBe("accepted");
      expect(refusal(token, body, verifier)).toBe("reused");
    }
    now = at + 30_000;
    expect(refusal(token, body, verifier)).toBe("expired");
  });

  it("a token that can't be remembered, having no id", () => {
    expect(refusal(forge({ jti: undefined }))).toBe("malformed");
    expect(refusal(forge({ jti: "" }))).toBe("malformed");
  });

  it("a viewer that is not whole", () => {
    const broken = [
      { knd: "root" },
      { per: null },
      { per: 5 },
      { org: 5 },
      { cli: {} },
      { rol: "LEAD" },
      { scp: ["x"] },
    ];
    for (const change of [...broken, { knd: "client", cli: null }]) expect(refusal(forge(change))).toBe("viewer");
  });

  it("a use that wasn't refused for another reason first: a refused token isn't used up", () => {
    const verifier = verifierAt();
    const token = tokenFor();
    expect(refusal(token, "other", verifier)).toBe("body");
    expect(refusal(token, body, verifier)).toBe("accepted");
  });

  it("garbage, always with the same kind of error", () => {
    fc.assert(fc.property(fc.string(), (text) => expect(refusal(text)).not.toBe("accepted")));
    for (const payload of ["null", "[]", "7", "{", ""]) {
      const signed = `${tokenFor().split(".")[0]}.${Buffer.from(payload).toString("base64url")}`;
      expect(["malformed", "issuer"]).toContain(refusal(sealed(signed)));
    }
    expect(refusal(`${tokenFor()}.x`)).toBe("malformed");
    expect(refusal(forge({ org: "o".repeat(20_000) }))).toBe("malformed");
  });

  it("any token with one character changed", () => {
    const token = tokenFor();
    fc.assert(
      fc.property(fc.nat({ max: token.length - 1 }), fc.base64String({ minLength: 4 }), (position, text) => {
        fc.pre(token[position] !== text[0]);
        expect(refusal(token.slice(0, position) + text[0] + token.slice(position + 1))).not.toBe("accepted");
      }),
    );
  });

  it("roles and scopes that don't exist, by dropping them", () => {
    const token = forge({ rol: ["LEAD", "KING", "toString"], scp: "record:self rule:all constructor" });
    const viewer = verifierAt().verify(`Bearer ${token}`, body);
    expect(viewer.roles).toEqual(["LEAD"]);
    expect([...viewer.scopes]).toEqual(["record:self"]);
  });
});

describe("a subgraph key in the environment", () => {
  it("is base64url of 32 bytes or more", () => {
    expect(readSubgraphKey(Buffer.from(key).toString("base64url"))).toEqual(Buffer.from(key));
    for (const text of ["", "short", `${"A".repeat(42)} `, "not/base64url+".repeat(5)]) {
      expect(() => readSubgraphKey(text)).toThrow(RangeError);
    }
  });
});
