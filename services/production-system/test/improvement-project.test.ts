import type { FactOf, workItemRegistered } from "@clic/bus";
import { newGlobalId, newUuid } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { anonymous, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { learnOfImprovementProject } from "../src/improvement-project/learn-of-improvement-project.ts";
import { subgraph as definition } from "../src/schema.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startTestSubgraph(definition, [loadFounding, loadDemonstration]);
});
afterAll(() => world.stop());

const hear = (data: object, occurredAt = "2026-11-26T09:00:00.000Z") =>
  world.arrange(({ em }) =>
    learnOfImprovementProject(
      {
        id: newUuid(),
        type: "organisations.work-item-registered",
        version: 1,
        aggregateId: "x",
        occurredAt,
        data,
      } as never,
      em,
    ),
  );
const workItem = (workItemId: string, more: Partial<FactOf<typeof workItemRegistered>["data"]> = {}) => ({
  workItemId,
  workItemType: "ImprovementProject",
  title: "Shorter waits",
  strategy: null,
  status: "PROPOSED",
  leadOrganisationId: newGlobalId("Organisation"),
  ...more,
});
const rows = (id: string): Promise<any[]> =>
  world.arrange(({ em }) =>
    em.execute("select title, status, support_request_id, source, taken_up_at from improvement_project where id = ?", [
      id.slice(4),
    ]),
  );
const takenUpAt = async (id: string): Promise<string | null> =>
  (
    await world.ask(
      anonymous,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ImprovementProject { takenUpAt } } }`,
      { of: [{ __typename: "ImprovementProject", id }] },
    )
  ).data._entities[0].takenUpAt;

describe("an improvement project that Organisations has made", () => {
  it("is taken up once, with the request that it came of, and everybody sees when", async () => {
    const [id, supportRequestId] = [newGlobalId("ImprovementProject"), newGlobalId("SupportRequest")];
    expect(await takenUpAt(id)).toBeNull();
    const fact = { ...workItem(id), supportRequestId, source: "USER" };
    await hear(fact);
    const first = await rows(id);
    expect(first).toEqual([
      expect.objectContaining({
        title: "Shorter waits",
        support_request_id: supportRequestId.slice(4),
        source: "USER",
      }),
    ]);
    await hear(fact);
    expect(await rows(id)).toEqual(first);
    expect(await takenUpAt(id)).toEqual(expect.any(String));
    expect(await takenUpAt(seedId("ImprovementProject", "demo-improvement-1"))).toEqual(expect.any(String));
  });

  it("keeps the newest copies of what others own, in whatever order they come", async () => {
    const id = newGlobalId("ImprovementProject");
    await hear(workItem(id, { title: "Newer" }), "2026-11-26T10:00:00.000Z");
    await hear(workItem(id, { title: "Older" }), "2026-11-26T09:00:00.000Z");
    expect(await rows(id)).toMatchObject([{ title: "Newer" }]);
    await hear(workItem(id, { title: "Newest" }), "2026-11-26T11:00:00.000Z");
    expect(await rows(id)).toMatchObject([{ title: "Newest", support_request_id: null }]);
  });

  it("of another type is left to others", async () => {
    const id = newGlobalId("ImprovementProject");
    await hear(workItem(id, { workItemType: "Rpiw" }));
    expect(await rows(id)).toEqual([]);
  });
});
