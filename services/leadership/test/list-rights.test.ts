import { seedId } from "@clic/seed-data";
import {
  lead,
  member,
  startTestSubgraph,
  type TestSubgraph,
  walkListSight,
  walkListRights,
} from "@clic/subgraph-testing";
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
      "Programme.workItemId": "initiative { __typename }",
    });
    expect(violations).toEqual([]);
    expect(judged).toBeGreaterThan(100);
  });
});

describe("a list that reaches for what the viewer sees", () => {
  it("shows all that the row policy shows, in every role", async () => {
    const viewers = [member(), lead()];
    const { violations, judged } = await walkListSight(
      world,
      subgraph,
      seedId("Organisation", "demo-practice-1"),
      viewers,
    );
    expect(violations).toEqual([]);
    expect(judged).toBeGreaterThan(4);
  });
});
