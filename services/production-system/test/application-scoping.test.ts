import { seedId } from "@clic/seed-data";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { loadDemonstration } from "../src/demonstration.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadDemonstration]);
  const admin = new pg.Client({ connectionString: service.database.url });
  await admin.connect();
  for (const table of ["rpiw", "rpiw_phase_change", "metric", "reading", "review"])
    await admin.query(`alter table production_system.${table} disable row level security`);
  await admin.end();
});
afterAll(() => service.stop());

const rpiwId = seedId("Rpiw", "demo-rpiw-3");

describe("the application's own scoping, with row-level security removed", () => {
  it("lets nobody but the office and the process owner change an RPIW", async () => {
    const text = "mutation ($i: AbandonRpiwInput!) { abandonRpiw(input: $i) { __typename } }";
    const abandon = async (viewer: typeof anonymous): Promise<string> =>
      (await service.ask(viewer, text, { i: { rpiwId, reason: "No more." } })).data.abandonRpiw.__typename;
    for (const viewer of [anonymous, member(), lead(), analyst()]) expect(await abandon(viewer)).toBe("NotAllowed");
    expect(await abandon(office())).toBe("Rpiw");
  });

  it("shows the public no metrics, reviews or history of an RPIW", async () => {
    const text = "query ($id: ID!) { rpiw(id: $id) { metrics { id } reviews { id } phaseHistory { phase } } }";
    const { data } = await service.ask(anonymous, text, { id: seedId("Rpiw", "demo-rpiw-1") });
    expect(data.rpiw).toEqual({ metrics: null, reviews: null, phaseHistory: null });
  });
});
