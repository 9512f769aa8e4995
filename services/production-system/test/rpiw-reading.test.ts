import { readFileSync } from "node:fs";
import { newGlobalId } from "@clic/global-id";
import { demonstrationWorkItems, seedId } from "@clic/seed-data";
import { loadRows } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { MetricEntity } from "../src/metric/metric.entity.ts";
import { ReadingEntity } from "../src/reading/reading.entity.ts";
import { RpiwEntity } from "../src/rpiw/rpiw.entity.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
const rpiw = (key: string): string => seedId("Rpiw", key);
const founding = rpiw("founding-work-item-2");

beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration]);
  service.setNow(new Date("2026-11-22T12:00:00Z"));
});
afterAll(() => service.stop());

const entities = (viewer: Parameters<TestSubgraph["ask"]>[0], selection: string, ids: string[]) =>
  service.ask(viewer, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Rpiw { ${selection} } } }`, {
    r: ids.map((id) => ({ __typename: "Rpiw", id })),
  });

describe("reading RPIWs", () => {
  it("shows anybody the phase, as the work programme's page asks for it", async () => {
    const { data, errors } = await entities(
      anonymous,
      "id phase",
      [1, 2, 3, 4, 5].map((index) => rpiw(`demo-rpiw-${index}`)),
    );
    expect(errors).toBeUndefined();
    expect(data._entities.map((one: { phase: string }) => one.phase)).toEqual([
      "FOLLOW_UP",
      "WORKSHOP",
      "BASELINING",
      "REPORTED_OUT",
      "CLOSED",
    ]);
  });

  it("leaves null what the founding report does not say, and what has not arrived, without failing the reference", async () => {
    const unheardOf = newGlobalId("Rpiw");
    const { data, errors } = await entities(
      office(),
      "id phase teamSize sponsor { id } processOwner { id } workshopStartsOn reportedOutOn deliverySource phaseHistory { phase } metrics { id } reviews { id }",
      [founding, unheardOf, newGlobalId("Event"), "nonsense"],
    );
    expect(errors).toBeUndefined();
    const unknown = {
      phase: null,
      teamSize: null,
      sponsor: null,
      processOwner: null,
      workshopStartsOn: null,
      reportedOutOn: null,
    };
    expect(data._entities).toEqual([
      { ...unknown, id: founding, deliverySource: "FOUNDING", phaseHistory: [], metrics: [], reviews: [] },
      { ...unknown, id: unheardOf, deliverySource: null, phaseHistory: null, metrics: null, reviews: null },
      null,
      null,
    ]);
  });

  it("shows metrics, reviews and history to those who have signed in, and nothing of them to others", async () => {
    const selection = "metrics { id } reviews { id } phaseHistory { phase }";
    for (const viewer of [member(), lead(), office(), analyst()]) {
      const { data } = await entities(viewer, selection, [rpiw("demo-rpiw-1")]);
      expect(
        [data._entities[0].metrics, data._entities[0].reviews, data._entities[0].phaseHistory].map(
          (list: unknown[]) => list.length,
        ),
      ).toEqual([2, 3, 6]);
    }
    const { data } = await entities(anonymous, selection, [rpiw("demo-rpiw-1")]);
    expect(data._entities[0]).toEqual({ metrics: null, reviews: null, phaseHistory: null });
    const references = [
      seedId("Metric", "demo-rpiw-1 Calls about a prescription"),
      seedId("Review", "demo-rpiw-1 DAY_30"),
    ];
    const direct = await service.ask(
      anonymous,
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Metric { name } ... on Review { dueOn } } }",
      {
        r: [
          { __typename: "Metric", id: references[0] },
          { __typename: "Review", id: references[1] },
        ],
      },
    );
    expect(direct.data._entities).toEqual([null, null]);
  });

  it("withholds who is involved from analysts and the public, also as a filter", async () => {
    const owner = seedId("Person", "demo-person-5");
    for (const viewer of [member(), office()]) {
      const { data } = await entities(viewer, "processOwner { id } sponsor { id }", [rpiw("demo-rpiw-1")]);
      expect(data._entities[0]).toEqual({ processOwner: { id: owner }, sponsor: { id: seedId("Person", "lead") } });
      const mine = await service.ask(
        viewer,
        "query ($p: ID!) { rpiws(where: { processOwnerId: { eq: $p } }) { nodes { id } } }",
        { p: owner },
      );
      expect(mine.data.rpiws.nodes).toEqual([{ id: rpiw("demo-rpiw-1") }]);
    }
    for (const viewer of [analyst(), anonymous]) {
      const { data } = await entities(viewer, "processOwner { id } sponsor { id }", [rpiw("demo-rpiw-1")]);
      expect(data._entities[0]).toEqual({ processOwner: null, sponsor: null });
      for (const field of ["processOwnerId", "sponsorId"]) {
        const { errors } = await service.ask(
          viewer,
          `query ($p: ID!) { rpiws(where: { not: { ${field}: { eq: $p } } }) { totalCount } }`,
          { p: owner },
        );
        expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
      }
    }
  });

  it("judges improvements: changed by so much, met, and held, which differ", async () => {
    const selection = `metrics { name reportOut: percentChange(at: REPORT_OUT) day90: percentChange(at: DAY_90)
      met: targetMet(at: REPORT_OUT) met90: targetMet(at: DAY_90) held }`;
    const { data, errors } = await entities(analyst(), selection, [
      rpiw("demo-rpiw-1"),
      rpiw("demo-rpiw-5"),
      rpiw("demo-rpiw-4"),
    ]);
    expect(errors).toBeUndefined();
    expect(data._entities[0].metrics).toEqual([
      {
        name: "Calls about a prescription",
        reportOut: (100 * -74) / 140,
        day90: (100 * -76) / 140,
        met: true,
        met90: true,
        held: true,
      },
      {
        name: "Prescriptions ready on the day promised",
        reportOut: (100 * 26) / 62,
        day90: 50,
        met: false,
        met90: true,
        held: false,
      },
    ]);
    expect(data._entities[1].metrics).toEqual([
      { name: "Clinics that start late", reportOut: -81.25, day90: -56.25, met: true, met90: false, held: false },
      { name: "Complaints about late starts", reportOut: null, day90: null, met: true, met90: true, held: true },
      {
        name: "Minutes lost before the first patient",
        reportOut: (100 * -15) / 22,
        day90: (100 * -16) / 22,
        met: true,
        met90: true,
        held: true,
      },
    ]);
    expect(data._entities[2].metrics).toMatchObject([{ day90: null, met: true, met90: null, held: null }]);
  });

  it("says which reviews are overdue today", async () => {
    const { data } = await entities(member(), "reviews { checkpoint dueOn heldOn overdue waiver { reason } }", [
      rpiw("demo-rpiw-1"),
      rpiw("demo-rpiw-4"),
      rpiw("demo-rpiw-5"),
    ]);
    expect(data._entities[0].reviews).toEqual([
      { checkpoint: "DAY_30", dueOn: "2026-07-12", heldOn: "2026-07-13", overdue: false, waiver: null },
      { checkpoint: "DAY_60", dueOn: "2026-08-11", heldOn: "2026-08-12", overdue: false, waiver: null },
      { checkpoint: "DAY_90", dueOn: "2026-09-10", heldOn: null, overdue: true, waiver: null },
    ]);
    expect(data._entities[1].reviews.map((one: { overdue: boolean }) => one.overdue)).toEqual([true, false, false]);
    expect(data._entities[2].reviews.map((one: { overdue: boolean }) => one.overdue)).toEqual([false, false, false]);
  });

  it("draws run charts with control limits, and pages readings", async () => {
    const selection = `metrics { name runChart { points { on value } centreLine upperLimit lowerLimit signals { kind from to } }
      readings(first: 2, where: { checkpoint: { isNull: false } }) { totalCount nodes { takenOn value checkpoint metric { name } } } }`;
    const { data, errors } = await entities(member(), selection, [rpiw("demo-rpiw-1"), rpiw("demo-rpiw-3")]);
    expect(errors).toBeUndefined();
    const [calls] = data._entities[0].metrics;
    expect(calls.runChart.points).toHaveLength(24);
    expect(calls.runChart.points[0]).toEqual({ on: "2026-04-06", value: 138 });
    expect(calls.runChart.upperLimit).toBeGreaterThan(calls.runChart.centreLine);
    expect(calls.runChart.signals[0]).toMatchObject({ kind: "BEYOND_LIMITS" });
    expect(calls.readings).toEqual({
      totalCount: 4,
      nodes: [
        { takenOn: "2026-06-12", value: 66, checkpoint: "REPORT_OUT", metric: { name: "Calls about a prescription" } },
        { takenOn: "2026-07-12", value: 72, checkpoint: "DAY_30", metric: { name: "Calls about a prescription" } },
      ],
    });
    expect(data._entities[1].metrics[0].runChart).toEqual({
      points: [],
      centreLine: null,
      upperLimit: null,
      lowerLimit: null,
      signals: [],
    });
  });

  it("lists, filters and orders RPIWs by the copies of what Organisations owns and by phase", async () => {
    const all = await service.ask(anonymous, "{ rpiws(first: 100) { totalCount nodes { id } } }");
    expect(all.data.rpiws.totalCount).toBe(6);
    const leads = demonstrationWorkItems.find(({ key }) => key === "demo-rpiw-2")?.leadOrganisation as string;
    const where = {
      phase: { in: ["WORKSHOP", "BASELINING"] },
      leadOrganisationId: { eq: seedId("Organisation", leads) },
      status: { eq: "ACTIVE" },
      title: { contains: "DISCHARGE" },
    };
    const found = await service.ask(anonymous, "query ($w: RpiwWhere) { rpiws(where: $w) { nodes { id phase } } }", {
      w: where,
    });
    expect(found.errors).toBeUndefined();
    expect(found.data.rpiws.nodes).toEqual([{ id: rpiw("demo-rpiw-2"), phase: "WORKSHOP" }]);
    const ordered = await service.ask(
      anonymous,
      "{ rpiws(orderBy: [{ field: REPORTED_OUT_ON, direction: DESC }], first: 3) { nodes { id } } }",
    );
    expect(ordered.data.rpiws.nodes.map((one: { id: string }) => one.id)).toEqual(
      [4, 1, 5].map((index) => rpiw(`demo-rpiw-${index}`)),
    );
    expect(
      (await service.ask(anonymous, "query ($id: ID!) { rpiw(id: $id) { phase } }", { id: "nonsense" })).data.rpiw,
    ).toBeNull();
  });

  it("refuses malformed ids in filters with a code", async () => {
    const { errors } = await service.ask(
      anonymous,
      `{ rpiws(where: { leadOrganisationId: { eq: "x" } }) { totalCount } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("loads the same rows however often it loads", async () => {
    const count = () =>
      service.arrange(({ em }) => Promise.all([em.count(RpiwEntity), em.count(MetricEntity), em.count(ReadingEntity)]));
    const before = await count();
    await service.arrange(loadFounding);
    await service.arrange(loadDemonstration);
    expect(await count()).toEqual(before);
  });
});

describe("the analyst's question which improvements held", () => {
  const file = `${import.meta.dirname}/sustained-improvement.graphql`;
  const query = readFileSync(file, "utf8");

  it("has its answers here, at a constant number of statements", async () => {
    const small = await service.ask(analyst(), query, { first: 1 });
    const whole = await service.ask(analyst(), query, { first: 100 });
    expect(whole.errors).toBeUndefined();
    const { nodes } = whole.data.rpiws;
    const metrics = nodes.flatMap((node: { metrics: object[] }) => node.metrics);
    expect(nodes.filter((node: { phase: string | null }) => node.phase !== null)).toHaveLength(5);
    expect(metrics.filter((metric: { day90: number | null }) => metric.day90 !== null).length).toBeGreaterThanOrEqual(
      3,
    );
    expect(metrics.filter((metric: { held: boolean | null }) => metric.held !== null).length).toBeGreaterThanOrEqual(3);
    expect(nodes.flatMap((node: { reviews: object[] }) => node.reviews).length).toBeGreaterThanOrEqual(6);

    await service.arrange(async ({ em }) => {
      const rpiws = Array.from({ length: 90 }, (_, index) => ({
        id: newGlobalId("Rpiw"),
        title: `A ${index}`,
        phase: "PROPOSED",
        source: "DEMO",
      }));
      const metricRows = rpiws.flatMap(({ id }) =>
        ["a", "b"].map((name) => ({
          id: newGlobalId("Metric"),
          rpiwId: id,
          name,
          unit: "u",
          direction: "LOWER_IS_BETTER",
          baseline: 2,
          baselineTakenOn: "2026-01-01",
          target: 1,
          source: "DEMO",
        })),
      );
      await loadRows(em, RpiwEntity, rpiws);
      await loadRows(em, MetricEntity, metricRows);
      await loadRows(
        em,
        ReadingEntity,
        metricRows.map(({ id }) => ({
          id: newGlobalId("Reading"),
          metricId: id,
          takenOn: "2026-02-01",
          value: 1,
          checkpoint: "DAY_90",
          source: "DEMO",
        })),
      );
    });
    const many = await service.ask(analyst(), query, { first: 100 });
    expect(many.errors).toBeUndefined();
    expect(many.data.rpiws.nodes).toHaveLength(96);
    expect(many.statements).toBe(whole.statements);
    expect(many.statements).toBeLessThanOrEqual(7);
    expect(small.statements).toBeLessThanOrEqual(many.statements);
  });
});
