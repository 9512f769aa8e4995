import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type TestGateway, type World, startTestGateway, startWorld } from "./test-gateway.ts";
import { CLIC, CPFT, PERSON } from "./test-schemas.ts";
import { startTestIssuer } from "./test-issuer.ts";

const WHO = "{ viewer { kind personId organisationId clientId roles } }";

describe("who is asking", () => {
  let world: World;
  let gateway: TestGateway;
  beforeAll(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world);
  });
  afterAll(async () => {
    await gateway.close();
    await world.close();
  });
  beforeEach(() => {
    world.organisations.received.length = 0;
    world.events.received.length = 0;
  });
  const as = async (subject: string, more: Record<string, string> = {}): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await world.issuer.token(subject)}`,
    ...more,
  });
  const codeOf = (body: { errors: { extensions: { code: string } }[] }): string | undefined =>
    body.errors[0]?.extensions.code;

  it("is anybody without a token", async () => {
    const { status, body } = await gateway.ask(WHO);
    expect(status).toBe(200);
    expect(body.data.viewer).toEqual({
      kind: "anonymous",
      personId: null,
      organisationId: null,
      clientId: null,
      roles: [],
    });
    expect(world.organisations.received).toEqual([]);
  });

  it("is the account's person in their primary membership", async () => {
    const { body } = await gateway.ask(WHO, await as("secondee"));
    expect(body.data.viewer).toMatchObject({
      kind: "person",
      personId: PERSON,
      organisationId: CPFT,
      roles: ["MEMBER"],
    });
  });

  it("is the person in the membership that x-acting-organisation names", async () => {
    const { body } = await gateway.ask(WHO, await as("secondee", { "x-acting-organisation": CLIC }));
    expect(body.data.viewer).toMatchObject({ personId: PERSON, organisationId: CLIC, roles: ["OFFICE"] });
  });

  it("is a machine client for a client's account", async () => {
    const { body } = await gateway.ask(WHO, await as("clic-machine"));
    expect(body.data.viewer).toMatchObject({ kind: "client", personId: null, clientId: "clic-machine" });
  });

  it.each([CLIC, "", "org_nonsense", `${CPFT}, ${CLIC}`])(
    "is refused when acting for %j without a membership of it",
    async (organisation) => {
      const { status, body } = await gateway.ask(WHO, await as("member", { "x-acting-organisation": organisation }));
      expect([status, codeOf(body)]).toEqual([403, "ACTING_ORGANISATION_REFUSED"]);
      expect(world.events.received).toEqual([]);
    },
  );

  it("is refused when acting for an organisation without signing in", async () => {
    const { status, body } = await gateway.ask(WHO, { "x-acting-organisation": CLIC });
    expect([status, codeOf(body)]).toEqual([403, "ACTING_ORGANISATION_REFUSED"]);
  });

  it("is refused with a cure when the token is good and nobody has the account", async () => {
    const { status, body } = await gateway.ask(WHO, await as("stranger"));
    expect([status, codeOf(body)]).toEqual([403, "ACCOUNT_UNKNOWN"]);
    expect(body.errors[0].message).toContain("Ask the collaborative's office");
  });

  it("is never anonymous by a bad token: 401, what to do, and nothing fetched", async () => {
    const other = await startTestIssuer();
    const [head, payload, signature] = (await world.issuer.token("member")).split(".") as [string, string, string];
    const forged = Buffer.from(Buffer.from(payload, "base64url").toString().replace("member", "office")).toString(
      "base64url",
    );
    const bad = [
      await world.issuer.token("member", { expires: "-1m" }),
      await world.issuer.token("member", { audience: "https://elsewhere.example" }),
      await world.issuer.token("member", { issuer: other.origin }),
      await other.token("member"),
      `${head}.${forged}.${signature}`,
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`,
      "nonsense",
      "",
    ];
    await other.close();
    for (const token of bad) {
      const { status, headers, body } = await gateway.ask(WHO, { authorization: `Bearer ${token}` });
      expect([token.slice(0, 20), status, codeOf(body)]).toEqual([token.slice(0, 20), 401, "UNAUTHENTICATED"]);
      expect(body.errors[0].message).toContain("Sign in again");
      expect(headers.get("www-authenticate")).toContain("Bearer");
    }
    expect((await gateway.ask(WHO, { authorization: "Basic bWU6bWU=" })).status).toBe(401);
    expect([...world.events.received, ...world.organisations.received]).toEqual([]);
  });

  it("is looked up once for many requests at once, and remembered", async () => {
    const headers = await as("analyst");
    await Promise.all(Array.from({ length: 10 }, () => gateway.ask(WHO, headers)));
    await gateway.ask(WHO, headers);
    expect(world.organisations.received).toHaveLength(1);
    expect(world.organisations.received[0]?.viewer).toMatchObject({ kind: "client", clientId: "gateway" });
    expect([...world.organisations.received[0]!.viewer.scopes]).toEqual(["account:resolve"]);
  });

  it("is told by no other header, and subgraphs get none of the caller's", async () => {
    const token = await world.issuer.token("member");
    const sent = {
      authorization: `Bearer ${token}`,
      cookie: "session=abc",
      "x-viewer": "office",
      "x-forwarded-user": "office",
      "x-forwarded-for": "10.0.0.1",
      "x-request-id": "chosen",
      "apollographql-client-name": "site",
    };
    const { body, headers } = await gateway.ask(WHO, sent);
    expect(body.data.viewer.roles).toEqual(["MEMBER"]);
    const [fetched] = world.events.received;
    const expected = [
      "accept",
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
      "x-request-id",
    ];
    expect(Object.keys(fetched!.headers).toSorted()).toEqual(expected);
    expect(fetched!.headers.authorization).not.toBe(sent.authorization);
    expect(fetched!.headers["x-request-id"]).toBe(headers.get("x-request-id"));
    expect(headers.get("x-request-id")).not.toBe("chosen");
    expect(JSON.stringify(fetched)).not.toContain(token);
    expect(gateway.logged.join("")).not.toContain(token);
  });
});

describe("who is asking while something is down", () => {
  let world: World;
  let gateway: TestGateway;
  beforeEach(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world);
  });
  afterEach(async () => {
    await gateway.close();
    await world.close();
  });

  it("cannot be told by a token without the issuer: 503, and anybody is still answered", async () => {
    const headers = { authorization: `Bearer ${await world.issuer.token("member")}` };
    await world.issuer.close();
    const { status, body } = await gateway.ask(WHO, headers);
    expect([status, body.errors[0].extensions.code]).toEqual([503, "IDENTITY_UNAVAILABLE"]);
    expect(body.errors[0].message).not.toContain("127.0.0.1");
    expect((await gateway.ask(WHO)).body.data.viewer.kind).toBe("anonymous");
  });

  it("cannot be told without Organisations for somebody new: 503, and still can for somebody known", async () => {
    const member = { authorization: `Bearer ${await world.issuer.token("member")}` };
    const analyst = { authorization: `Bearer ${await world.issuer.token("analyst")}` };
    expect((await gateway.ask(WHO, member)).status).toBe(200);
    await world.organisations.stop();
    expect((await gateway.ask(WHO, member)).body.data.viewer.personId).toBe(PERSON);
    const { status, body } = await gateway.ask(WHO, analyst);
    expect([status, body.errors[0].extensions.code]).toEqual([503, "IDENTITY_UNAVAILABLE"]);
    await world.organisations.restart();
    expect((await gateway.ask(WHO, analyst)).status).toBe(200);
  });
});
