import {
  type RunningIssuer,
  cliClientId,
  developmentGrant,
  machineClient,
  startIssuer,
} from "@clic/development-issuer";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type TestGateway, type World, startTestGateway, startWorld } from "./test-gateway.ts";
import { CLIC, CPFT, PERSON } from "./test-schemas.ts";

const WHO = "{ viewer { kind personId organisationId clientId roles } }";
const SCHEMA = "{ __schema { queryType { name } } }";

describe("tokens of the development issuer", () => {
  let world: World;
  let issuer: RunningIssuer;
  let gateway: TestGateway;
  beforeAll(async () => {
    world = await startWorld();
    issuer = await startIssuer({ port: 0 });
    gateway = await startTestGateway(world, { ISSUER_URL: issuer.url });
  });
  afterAll(async () => {
    await gateway.close();
    await issuer.close();
    await world.close();
  });

  async function tokenFor(form: Record<string, string>, authorization?: string): Promise<Record<string, string>> {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${issuer.url}/token`, { method: "POST", headers, body: new URLSearchParams(form) });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return { authorization: `Bearer ${token}` };
  }
  const as = (username: string): Promise<Record<string, string>> =>
    tokenFor({ grant_type: developmentGrant, client_id: cliClientId, username });
  const asMachine = (scope: string): Promise<Record<string, string>> => {
    const secret = Buffer.from(`${machineClient.id}:${machineClient.secret}`).toString("base64");
    return tokenFor({ grant_type: "client_credentials", scope }, `Basic ${secret}`);
  };

  it("make their users people of the graph", async () => {
    const { body } = await gateway.ask(WHO, await as("member"));
    expect(body.data.viewer).toMatchObject({ kind: "person", personId: PERSON, organisationId: CPFT });
    const acting = { ...(await as("secondee")), "x-acting-organisation": CLIC };
    expect((await gateway.ask(WHO, acting)).body.data.viewer).toMatchObject({
      organisationId: CLIC,
      roles: ["OFFICE"],
    });
  });

  it("make the machine client a client with the scopes that it asked for and no more", async () => {
    const narrow = await asMachine("operations:read");
    const { body } = await gateway.ask(WHO, narrow);
    expect(body.data.viewer).toMatchObject({ kind: "client", clientId: "clic-machine", roles: ["CLIENT"] });
    expect((await gateway.ask(SCHEMA, narrow)).status).toBe(403);
    expect((await gateway.ask(SCHEMA, await asMachine("graph:introspect"))).status).toBe(200);
  });

  it("do not count at a gateway that another issuer's tokens are for", async () => {
    const other = await startTestGateway(world);
    expect((await other.ask(WHO, await as("member"))).status).toBe(401);
    await other.close();
  });
});
