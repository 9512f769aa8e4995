import { createHmac, createPublicKey, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { AccessTokenRefused, createAccessTokenVerifier, IssuerUnavailable } from "./index.ts";

const audience = "https://graph.clic.example";
const now = () => Math.floor(Date.now() / 1000);

/** An issuer of three documents, so that a test can break any of them. */
let server: Server;
let issuer: string;
let asked: string[] = [];
let configuration: () => { status: number; body: unknown };
let keys: { kid: string; privateKey: KeyObject; jwk: object }[];
const keySet = () => ({ keys: keys.map(({ jwk }) => jwk) });

async function newKey(alg: string, kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return {
    kid,
    privateKey: privateKey as unknown as KeyObject,
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" },
  };
}

beforeAll(async () => {
  keys = [await newKey("RS256", "one")];
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const { status, body } = request.url === "/jwks" ? { status: 200, body: keySet() } : configuration();
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  asked = [];
  configuration = () => ({ status: 200, body: { issuer, jwks_uri: `${issuer}/jwks` } });
});

const claims = () => ({
  iss: issuer,
  aud: audience,
  sub: "member",
  exp: now() + 60,
  client_id: "clic-cli",
  scope: "a b",
});

function token(change: object = {}, header: Partial<JWTHeaderParameters> = {}, key = keys[0]!.privateKey) {
  const payload = Object.fromEntries(
    Object.entries({ ...claims(), ...change }).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "one", ...header }).sign(key);
}

const verify = (bearer: string) => createAccessTokenVerifier({ issuer, audience })(bearer);

async function refusal(bearer: string | Promise<string>): Promise<string> {
  try {
    await verify(await bearer);
    return "accepted";
  } catch (error) {
    if (error instanceof AccessTokenRefused) return error.reason;
    throw error;
  }
}

describe("an access token", () => {
  it("tells issuer, subject, client and scopes", async () => {
    expect(await verify(await token())).toEqual({
      issuer,
      subject: "member",
      clientId: "clic-cli",
      scopes: ["a", "b"],
    });
    const bare = await token({ client_id: undefined, scope: undefined });
    expect(await verify(bare)).toEqual({ issuer, subject: "member", clientId: null, scopes: [] });
    const other = await token({ client_id: undefined, azp: "app", scope: undefined, scp: ["x", 5, "y"] });
    expect(await verify(other)).toMatchObject({ clientId: "app", scopes: ["x", "y"] });
  });

  it.each(["PS256", "ES256", "EdDSA"])("may be signed with %s", async (alg) => {
    const added = await newKey(alg, alg);
    keys.push(added);
    expect(await refusal(token({}, { alg, kid: alg }, added.privateKey))).toBe("accepted");
    keys.pop();
  });

  it.each(["JWT", "at+jwt", "AT+JWT", "application/at+jwt"])("may be typed %s", async (typ) => {
    expect(await refusal(token({}, { typ }))).toBe("accepted");
  });

  it("may be for several audiences, ours among them", async () => {
    expect(await refusal(token({ aud: ["https://else.example", audience] }))).toBe("accepted");
  });
});

describe("refused for good", () => {
  it("is a token for another audience or of another issuer, or without either", async () => {
    for (const aud of ["https://else.example", [], undefined]) {
      expect(await refusal(token({ aud }))).toBe("ERR_JWT_CLAIM_VALIDATION_FAILED");
    }
    for (const iss of ["https://else.example", `${issuer}/`, undefined]) {
      expect(await refusal(token({ iss }))).toBe("ERR_JWT_CLAIM_VALIDATION_FAILED");
    }
  });

  it("is an expired token, one that never expires, and one of the future", async () => {
    expect(await refusal(token({ exp: now() - 10 }))).toBe("ERR_JWT_EXPIRED");
    expect(await refusal(token({ exp: undefined }))).toBe("ERR_JWT_CLAIM_VALIDATION_FAILED");
    expect(await refusal(token({ nbf: now() + 60 }))).toBe("ERR_JWT_CLAIM_VALIDATION_FAILED");
  });

  it("is a token without a subject", async () => {
    expect(await refusal(token({ sub: undefined }))).toBe("ERR_JWT_CLAIM_VALIDATION_FAILED");
    expect(await refusal(token({ sub: "" }))).toBe("no subject");
  });

  it("is a token of another type", async () => {
    expect(await refusal(token({}, { typ: "logout+jwt" }))).toBe("no access token");
  });

  it("is an unsigned token", async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    expect(await refusal(`${encode({ alg: "none" })}.${encode(claims())}.`)).toBe("ERR_JOSE_ALG_NOT_ALLOWED");
  });

  it("is a token signed by HMAC with the public key", async () => {
    const { kid, privateKey } = keys[0]!;
    const pem = createPublicKey({ key: await exportJWK(privateKey), format: "jwk" }).export({
      type: "spki",
      format: "pem",
    });
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${encode({ alg: "HS256", kid })}.${encode(claims())}`;
    const forged = `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
    expect(await refusal(forged)).toBe("ERR_JOSE_ALG_NOT_ALLOWED");
  });

  it("is a token of an algorithm that isn't on the list, even when the issuer has such a key", async () => {
    const added = await newKey("RS512", "long");
    keys.push(added);
    expect(await refusal(token({}, { alg: "RS512", kid: "long" }, added.privateKey))).toBe("ERR_JOSE_ALG_NOT_ALLOWED");
    keys.pop();
  });

  it("is a token signed with a foreign key, under its own name or a known one", async () => {
    const foreign = await newKey("RS256", "foreign");
    expect(await refusal(token({}, { kid: "foreign" }, foreign.privateKey))).toBe("ERR_JWKS_NO_MATCHING_KEY");
    expect(await refusal(token({}, { kid: "one" }, foreign.privateKey))).toBe("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
    const carried = token({}, { kid: "one", jwk: foreign.jwk }, foreign.privateKey);
    expect(await refusal(carried)).toBe("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
  });

  it("is garbage, and a text too long to be a token, without asking the issuer", async () => {
    for (const text of ["", "x", "a.b.c", "..", "é.é.é"]) expect(await refusal(text)).toMatch(/^ERR_J/);
    expect(await refusal(token({ pad: "x".repeat(9_000) }))).toBe("too long");
    expect(asked).toEqual([]);
  });
});

describe("the issuer's keys", () => {
  it("are asked for once, however many tokens come at the same time", async () => {
    const shared = createAccessTokenVerifier({ issuer, audience });
    const bearer = await token();
    await Promise.all(Array.from({ length: 20 }, () => shared(bearer)));
    expect(asked).toEqual(["/.well-known/openid-configuration", "/jwks"]);
  });

  it("aren't asked for again by a flood of unknown keys", async () => {
    const shared = createAccessTokenVerifier({ issuer, audience });
    for (let kid = 0; kid < 5; kid += 1) {
      await expect(shared(await token({}, { kid: `no-${kid}` }))).rejects.toThrow(AccessTokenRefused);
    }
    expect(asked).toHaveLength(2);
  });

  it("that can't be had leave the token unjudged: a retryable error, and the next call tries again", async () => {
    const shared = createAccessTokenVerifier({ issuer, audience });
    const broken: (() => { status: number; body: unknown })[] = [
      () => ({ status: 503, body: { issuer, jwks_uri: `${issuer}/jwks` } }),
      () => ({ status: 200, body: null }),
      () => ({ status: 200, body: { issuer } }),
      () => ({ status: 200, body: { issuer, jwks_uri: "no url" } }),
      () => ({ status: 200, body: { issuer, jwks_uri: "http://127.0.0.1:1/jwks" } }),
      () => ({ status: 200, body: { issuer: "https://else.example", jwks_uri: `${issuer}/jwks` } }),
    ];
    const bearer = await token();
    for (const answer of broken) {
      configuration = answer;
      const fresh = createAccessTokenVerifier({ issuer, audience });
      await expect(fresh(bearer)).rejects.toMatchObject({ code: "ISSUER_UNAVAILABLE", retryable: true });
    }
    configuration = () => ({ status: 503, body: {} });
    await expect(shared(bearer)).rejects.toThrow(IssuerUnavailable);
    configuration = () => ({ status: 200, body: { issuer, jwks_uri: `${issuer}/jwks` } });
    await expect(shared(bearer)).resolves.toMatchObject({ subject: "member" });
  });

  it("of an issuer that isn't there are a retryable error too", async () => {
    const nowhere = createAccessTokenVerifier({ issuer: "http://127.0.0.1:1", audience });
    await expect(nowhere(await token({ iss: "http://127.0.0.1:1" }))).rejects.toThrow(IssuerUnavailable);
  });
});
