import { seedId } from "@clic/seed-data";
import { startTestSubgraph, type TestSubgraph, walkListRights } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph } from "../src/schema.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration]);
});
afterAll(() => world.stop());

describe("every field of every list, in every role", () => {
  it("is filtered, ordered, grouped and aggregated by those who may select it, and by nobody else", async () => {
    const { violations, judged } = await walkListRights(world, subgraph, seedId("Organisation", "demo-practice-1"), {
      // Organisations' own, which everybody may select there.
      "Rpiw.title": "id",
      "Rpiw.status": "id",
      "Rpiw.leadOrganisationId": "id",
      "FacultyMembership.accreditedOn": "since",
    });
    expect(violations).toEqual([]);
    expect(judged).toBeGreaterThan(100);
  });
});
