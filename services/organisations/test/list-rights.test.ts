import { newGlobalId } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import {
  lead,
  member,
  startTestSubgraph,
  type TestSubgraph,
  walkListSight,
  walkListRights,
} from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { MembershipEntity } from "../src/membership/membership.entity.ts";
import { PersonEntity } from "../src/person/person.entity.ts";
import { subgraph } from "../src/schema.ts";
import { SecondmentEntity } from "../src/secondment/secondment.entity.ts";

const organisationId = seedId("Organisation", "demo-practice-1");

/** A lead sees that they were there, and not them any more. */
async function loadSomebodyWhoLeft({ em }: UseCase): Promise<void> {
  const [source, personId] = ["USER", newGlobalId("Person")] as const;
  await loadRows(em, PersonEntity, [{ id: personId, source }]);
  await loadRows(em, MembershipEntity, [
    { id: newGlobalId("Membership"), personId, organisationId, status: "LEFT", source },
  ]);
  const homeId = seedId("Organisation", "CPFT");
  await loadRows(em, SecondmentEntity, [
    { id: newGlobalId("Secondment"), personId, homeId, hostId: organisationId, startsOn: "2026-01-01", source },
  ]);
}

let world: TestSubgraph;
beforeAll(async () => {
  const loadDemonstration = demonstrationLoad({ issuer: "http://127.0.0.1:4010" });
  world = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration, loadSomebodyWhoLeft]);
});
afterAll(() => world.stop());

describe("every field of every list, in every role", () => {
  it("is filtered, ordered, grouped and aggregated by those who may select it, and by nobody else", async () => {
    const { violations, judged } = await walkListRights(world, subgraph, organisationId, {
      "WorkItem.type": "__typename",
      "Secondment.homeId": "from { __typename }",
      "Secondment.hostId": "to { __typename }",
    });
    expect(violations).toEqual([]);
    expect(judged).toBeGreaterThan(100);
  });
});

describe("a list that reaches for what the viewer sees", () => {
  it("shows all that the row policy shows, in every role", async () => {
    const viewers = [member(), lead()];
    const { violations, judged } = await walkListSight(world, subgraph, organisationId, viewers);
    expect(violations).toEqual([]);
    expect(judged).toBeGreaterThan(4);
  });
});
