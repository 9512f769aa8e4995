import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { serverAudits } from "graphql-http";
import { type TestGateway, type World, startTestGateway, startWorld } from "./test-gateway.ts";

describe("GraphQL over HTTP", () => {
  let world: World;
  let gateway: TestGateway;
  let authorization: string;
  beforeAll(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world);
    authorization = `Bearer ${await world.issuer.token("analyst")}`;
  });
  afterAll(async () => {
    await gateway.close();
    await world.close();
  });

  const audits = serverAudits({
    url: () => `${gateway.origin}/graphql`,
    fetchFn: (url: string, init?: RequestInit) =>
      fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), authorization } }),
  });

  it("is judged by all 61 audits", () => expect(audits).toHaveLength(61));
  it.each(audits.map(({ id, name, fn }) => [id, name, fn] as const))("%s %s", async (_id, _name, fn) => {
    expect(await fn()).toMatchObject({ status: "ok" });
  });
});
