import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AccessTokenRefused, createAccessTokenVerifier } from "@clic/identity";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { developmentGrant, graphAudience, machineClient, machineScopes, startIssuer, users } from "./index.ts";
import type { RunningIssuer } from "./index.ts";

let issuer: RunningIssuer;
beforeAll(async () => {
  issuer = await startIssuer({ port: 0 });
});
afterAll(() => issuer.close());

const verifier = (audience = graphAudience, url = issuer.url) => createAccessTokenVerifier({ issuer: url, audience });

async function askToken(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${issuer.url}/token`, { method: "POST", headers, body: new URLSearchParams(form) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, any> };
}
const askAs = (username: string, headers: Record<string, string> = {}) =>
  askToken({ grant_type: developmentGrant, client_id: "clic-cli", username }, headers);
const machine = (secret: string = machineClient.secret) => ({
  authorization: `Basic ${Buffer.from(`${machineClient.id}:${secret}`).toString("base64")}`,
});

describe("every development user", () => {
  it.each(users.map(({ name }) => name))("%s gets a token that the graph accepts, for an hour", async (name) => {
    const { status, body } = await askAs(name);
    expect(status).toBe(200);
    expect(await verifier()(body["access_token"])).toEqual({
      issuer: issuer.url,
      subject: name,
      clientId: "clic-cli",
      scopes: [],
    });
    const { iat, exp } = decodeJwt(body["access_token"]);
    expect((exp ?? 0) - (iat ?? 0)).toBe(3_600);
    expect(decodeProtectedHeader(body["access_token"])).toMatchObject({ alg: "ES256", typ: "at+jwt" });
  });

  it("is on the list; nobody else gets a token", async () => {
    for (const username of ["admin", "", "__proto__", "Member"]) {
      const { status, body } = await askAs(username);
      expect(status).toBe(400);
      expect(body["error_description"]).toContain("member, secondee, lead, office, analyst, partner");
    }
  });
});

describe("the machine client", () => {
  it("gets a token with the scopes it asks for", async () => {
    const form = { grant_type: "client_credentials", scope: "analysis:read" };
    const { body } = await askToken(form, machine());
    const bearer = await verifier()(body["access_token"]);
    expect(bearer).toEqual({
      issuer: issuer.url,
      subject: "clic-machine",
      clientId: "clic-machine",
      scopes: ["analysis:read"],
    });
    const all = await askToken({ ...form, scope: machineScopes.join(" ") }, machine());
    expect((await verifier()(all.body["access_token"])).scopes).toEqual(machineScopes);
  });

  it("is refused with another secret and for another resource, and never gets a scope it can't have", async () => {
    const form = { grant_type: "client_credentials" };
    expect((await askToken(form, machine("wrong"))).body["error"]).toBe("invalid_client");
    const scope = await askToken({ ...form, scope: "personal:read graph:introspect" }, machine());
    expect((await verifier()(scope.body["access_token"])).scopes).toEqual(["graph:introspect"]);
    const resource = await askToken({ ...form, resource: "https://else.example" }, machine());
    expect(resource.body["error"]).toBe("invalid_target");
  });

  it("can't become a person, and the command line's client can't become the machine", async () => {
    const asPerson = await askToken({ grant_type: developmentGrant, username: "office" }, machine());
    expect([asPerson.status, asPerson.body["access_token"]]).toEqual([400, undefined]);
    const asMachine = await askToken({ grant_type: "client_credentials", client_id: "clic-cli" });
    expect([asMachine.status, asMachine.body["access_token"]]).toEqual([400, undefined]);
  });
});

describe("a token of this issuer", () => {
  it("is refused for another audience, by a verifier of another issuer, and when it was changed", async () => {
    const bearer: string = (await askAs("member")).body["access_token"];
    await expect(verifier("https://else.example")(bearer)).rejects.toThrow(AccessTokenRefused);

    const other = await startIssuer({ port: 0 });
    await expect(verifier(graphAudience, other.url)(bearer)).rejects.toThrow(AccessTokenRefused);
    await other.close();

    const [header, , signature] = bearer.split(".");
    const payload = Buffer.from(JSON.stringify({ ...decodeJwt(bearer), sub: "office" })).toString("base64url");
    await expect(verifier()(`${header}.${payload}.${signature}`)).rejects.toThrow(AccessTokenRefused);
  });
});

/** A browser, as far as signing in needs one: it keeps cookies and follows no redirect by itself. */
function createBrowser() {
  const jar = new Map<string, string>();
  return async (url: string, init: { method?: string; body?: URLSearchParams | string } = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const target = new URL(url, issuer.url);
    const form: Record<string, string> = init.body ? { "content-type": "application/x-www-form-urlencoded" } : {};
    const response = await fetch(target, {
      ...init,
      redirect: "manual",
      headers: { ...form, cookie, accept: "text/html" },
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return {
      status: response.status,
      location: response.headers.get("location") ?? "",
      text: await response.text(),
      response,
    };
  };
}

const codeVerifier = randomBytes(32).toString("base64url");
function authorizationUrl(change: Record<string, string> = {}) {
  const query = {
    client_id: "clic-explorer",
    response_type: "code",
    scope: "openid",
    redirect_uri: "http://127.0.0.1:4000/",
    code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    code_challenge_method: "S256",
    state: "s",
    ...change,
  };
  const given = Object.entries(query).filter(([, value]) => value !== "");
  return `/auth?${new URLSearchParams(given).toString()}`;
}

async function signIn(username: string, browser = createBrowser(), change: Record<string, string> = {}) {
  const asked = await browser(authorizationUrl(change));
  const page = await browser(asked.location);
  const chosen = await browser(asked.location, { method: "POST", body: new URLSearchParams({ username }) });
  return { page, chosen, back: await browser(chosen.location) };
}

describe("signing in with a browser", () => {
  it("offers every user as a button on an accessible page that loads nothing from elsewhere", async () => {
    const { page } = await signIn("analyst");
    expect(page.text).toContain('<html lang="en">');
    for (const { name } of users)
      expect(page.text).toMatch(new RegExp(`<button name="username" value="${name}"[^>]*>Sign in as`));
    expect(page.response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.text).not.toMatch(/<script|src=|href=/);
  });

  it("gives a code that PKCE turns into a token for the graph, once", async () => {
    const { back } = await signIn("analyst");
    const redirect = new URL(back.location);
    expect(`${redirect.origin}${redirect.pathname}`).toBe("http://127.0.0.1:4000/");
    expect(redirect.searchParams.get("state")).toBe("s");
    const form = {
      grant_type: "authorization_code",
      client_id: "clic-explorer",
      code: redirect.searchParams.get("code") ?? "",
      redirect_uri: "http://127.0.0.1:4000/",
    };
    const { body, headers } = await askToken(
      { ...form, code_verifier: codeVerifier },
      { origin: "http://127.0.0.1:4000" },
    );
    expect(headers.get("access-control-allow-origin")).toBe("http://127.0.0.1:4000");
    expect(await verifier()(body["access_token"])).toMatchObject({ subject: "analyst", clientId: "clic-explorer" });
    expect(decodeJwt(body["id_token"]).sub).toBe("analyst");
    expect((await askToken({ ...form, code_verifier: codeVerifier })).body["error"]).toBe("invalid_grant");
  });

  it("refuses a code with another verifier, and a sign-in without PKCE", async () => {
    const { back } = await signIn("member");
    const code = new URL(back.location).searchParams.get("code") ?? "";
    const form = {
      grant_type: "authorization_code",
      client_id: "clic-explorer",
      redirect_uri: "http://127.0.0.1:4000/",
    };
    const wrong = await askToken({ ...form, code, code_verifier: randomBytes(32).toString("base64url") });
    expect(wrong.body["error"]).toBe("invalid_grant");
    const without = await createBrowser()(authorizationUrl({ code_challenge: "", code_challenge_method: "" }));
    expect(new URL(without.location).searchParams.get("error")).toBe("invalid_request");
  });

  it("goes back to a page on this machine at any port, and nowhere else", async () => {
    for (const uri of ["http://localhost:4000/", "http://127.0.0.1:5173/"]) {
      const { back } = await signIn("member", createBrowser(), { redirect_uri: uri });
      expect(back.location.startsWith(`${uri}?code=`)).toBe(true);
    }
    for (const uri of ["https://else.example/", "http://127.0.0.1.else.example:4000/", "http://127.0.0.1:4000/other"]) {
      const { status, text } = await createBrowser()(authorizationUrl({ redirect_uri: uri }));
      expect(status).toBe(400);
      expect(text).toContain("This sign-in can&#39;t go on");
    }
  });

  it("remembers who signed in, and asks again when the page says so", async () => {
    const browser = createBrowser();
    await signIn("lead", browser);
    expect((await browser(authorizationUrl())).location).toContain("http://127.0.0.1:4000/?code=");
    expect((await browser(authorizationUrl({ prompt: "login" }))).location).toContain("/sign-in/");
  });

  it("goes on unasked as whom the page names, whoever signed in before, and asks where it names nobody", async () => {
    const browser = createBrowser();
    for (const login_hint of ["office", "member"]) {
      const asked = await browser(authorizationUrl({ prompt: "login", login_hint }));
      const chosen = await browser(asked.location);
      const code = new URL((await browser(chosen.location)).location).searchParams.get("code") ?? "";
      const { body } = await askToken({
        grant_type: "authorization_code",
        client_id: "clic-explorer",
        code,
        redirect_uri: "http://127.0.0.1:4000/",
        code_verifier: codeVerifier,
      });
      expect((await verifier()(body["access_token"])).subject).toBe(login_hint);
    }
    const nobody = await browser(authorizationUrl({ prompt: "login", login_hint: "admin" }));
    expect((await browser(nobody.location)).text).toContain("Sign in as");
  });

  it("refuses a user who doesn't exist, and a browser that didn't begin it", async () => {
    const browser = createBrowser();
    const { location } = await browser(authorizationUrl());
    const form = new URLSearchParams({ username: "admin" });
    expect((await browser(location, { method: "POST", body: form })).status).toBe(400);
    expect((await browser(location, { method: "POST", body: `username=lead&pad=${"x".repeat(5_000)}` })).status).toBe(
      400,
    );
    expect((await createBrowser()(location)).status).toBe(400);
    expect((await browser(location, { method: "POST", body: new URLSearchParams({ username: "lead" }) })).status).toBe(
      303,
    );
  });
});

describe("what the issuer says of itself", () => {
  it("is the three grants it uses, PKCE, and nothing that nobody here needs", async () => {
    const response = await fetch(`${issuer.url}/.well-known/openid-configuration`);
    const said = (await response.json()) as Record<string, unknown>;
    expect(said).toMatchObject({
      issuer: issuer.url,
      code_challenge_methods_supported: ["S256"],
      grant_types_supported: ["authorization_code", "client_credentials", developmentGrant],
      response_types_supported: ["code"],
    });
    const endpoints = Object.keys(said).filter((name) => name.endsWith("_endpoint"));
    expect(endpoints).toEqual(["authorization_endpoint", "token_endpoint"]);
  });
});

describe("pages elsewhere", () => {
  it("may not read a token: CORS is for loopback origins", async () => {
    for (const origin of ["https://else.example", "http://127.0.0.1.else.example", "null"]) {
      const { status, headers } = await askAs("member", { origin });
      expect([status, headers.get("access-control-allow-origin")]).toEqual([400, null]);
    }
    for (const origin of ["http://localhost:5173", "http://127.0.0.1:4000"]) {
      expect((await askAs("member", { origin })).headers.get("access-control-allow-origin")).toBe(origin);
    }
  });
});
