import { newGlobalId } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { loadRows } from "@clic/subgraph-kit";
import { analyst, anonymous, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadFounding } from "../src/founding.ts";
import { RpiwEntity } from "../src/rpiw/rpiw.entity.ts";
import { subgraph } from "../src/schema.ts";
import { seedId } from "@clic/seed-data";

let service: TestSubgraph;
const person = (): Viewer => personViewer({ personId: newGlobalId("Person"), organisationId: null, roles: ["MEMBER"] });
const owner = person();
const sponsor = person();

beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadFounding]);
  on("2026-06-01");
});
afterAll(() => service.stop());

const on = (day: string): void => service.setNow(new Date(`${day}T12:00:00Z`));

/** Calls a mutation; answers its result, with `__typename`. */
async function call(viewer: Viewer, mutation: string, input: object, selection = ""): Promise<any> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const text = `mutation ($input: ${type}!) { result: ${mutation}(input: $input) {
    __typename ... on UserError { code message } ${selection} } }`;
  const { data, errors } = await service.ask(viewer, text, { input });
  expect(errors).toBeUndefined();
  return data.result;
}
const onRpiw = "... on Rpiw { id phase teamSize reportedOutOn }";
const onMetric = "... on Metric { id name baseline target baselineFrozenAt }";

async function propose(): Promise<string> {
  const id = newGlobalId("Rpiw");
  await service.arrange(({ em }) =>
    loadRows(em, RpiwEntity, [{ id, title: "Made for a test", phase: "PROPOSED", source: "USER" }]),
  );
  return id;
}
const charter = { processOwnerId: owner.personId, sponsorId: sponsor.personId, teamSize: 8 };

interface Delivery {
  readonly rpiwId: string;
  readonly metricId: string;
}
/** An RPIW taken as far as the phase. */
async function deliver(to: "CHARTERED" | "BASELINING" | "WORKSHOP" | "REPORTED_OUT"): Promise<Delivery> {
  on("2026-06-01");
  const rpiwId = await propose();
  await call(office(), "charterRpiw", { rpiwId, ...charter });
  if (to === "CHARTERED") return { rpiwId, metricId: "" };
  const metric = await call(
    owner,
    "defineMetric",
    { rpiwId, name: "Waits", unit: "days", direction: "LOWER_IS_BETTER", target: 2 },
    onMetric,
  );
  const metricId = metric.id as string;
  await call(owner, "recordBaseline", { metricId, value: 9, takenOn: "2026-05-20" });
  if (to === "BASELINING") return { rpiwId, metricId };
  await call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01" });
  if (to === "WORKSHOP") return { rpiwId, metricId };
  await call(owner, "reportOut", { rpiwId, on: "2026-06-01" });
  return { rpiwId, metricId };
}
const phaseOf = async (id: string): Promise<string> =>
  (await service.ask(anonymous, "query ($id: ID!) { rpiw(id: $id) { phase } }", { id })).data.rpiw.phase;
const reviewsOf = async (id: string): Promise<any[]> =>
  (
    await service.ask(
      member(),
      "query ($id: ID!) { rpiw(id: $id) { reviews { id checkpoint dueOn heldOn overdue waiver { signedOn reason signedBy { id } } } } }",
      { id },
    )
  ).data.rpiw.reviews;
const facts = (id: string): Promise<any[]> =>
  service.arrange(({ em }) =>
    em.execute("select type, data from production_system.outbox where aggregate_id = ? order by id", [id]),
  );

describe("an RPIW's whole delivery", () => {
  it("goes from its charter to its close, with a history row and a fact for each phase", async () => {
    const { rpiwId, metricId } = await deliver("BASELINING");
    const extra = await call(
      owner,
      "defineMetric",
      { rpiwId, name: "Calls", unit: "calls", direction: "LOWER_IS_BETTER" },
      onMetric,
    );
    expect(extra).toMatchObject({ __typename: "Metric", name: "Calls", baseline: null, target: null });

    const early = await call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01" });
    expect(early).toMatchObject({
      __typename: "WorkshopNotReady",
      code: "WORKSHOP_NOT_READY",
      message: expect.stringContaining("Calls"),
    });
    expect(await phaseOf(rpiwId)).toBe("BASELINING");
    await call(owner, "setMetricTarget", { metricId: extra.id, target: 0 });
    await call(owner, "recordBaseline", { metricId: extra.id, value: 0, takenOn: "2026-05-20" });

    expect(
      await call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01", endsOn: "2026-06-05" }, onRpiw),
    ).toMatchObject({ phase: "WORKSHOP" });
    const frozen = await service.ask(owner, "query ($id: ID!) { rpiw(id: $id) { metrics { baselineFrozenAt } } }", {
      id: rpiwId,
    });
    expect(frozen.data.rpiw.metrics).toEqual([
      { baselineFrozenAt: "2026-06-01T12:00:00Z" },
      { baselineFrozenAt: "2026-06-01T12:00:00Z" },
    ]);

    on("2026-06-05");
    await call(owner, "recordReading", { metricId, value: 2, takenOn: "2026-06-05", checkpoint: "REPORT_OUT" });
    expect(await call(owner, "reportOut", { rpiwId, on: "2026-06-05" }, onRpiw)).toMatchObject({
      phase: "REPORTED_OUT",
      reportedOutOn: "2026-06-05",
    });
    const [first] = await reviewsOf(rpiwId);
    expect((await reviewsOf(rpiwId)).map(({ checkpoint, dueOn }) => [checkpoint, dueOn])).toEqual([
      ["DAY_30", "2026-07-05"],
      ["DAY_60", "2026-08-04"],
      ["DAY_90", "2026-09-03"],
    ]);

    on("2026-09-03");
    expect((await reviewsOf(rpiwId)).map(({ overdue }) => overdue)).toEqual([true, true, false]);
    expect(
      await call(
        owner,
        "holdReview",
        { reviewId: first.id, heldOn: "2026-07-06" },
        "... on Review { heldOn overdue rpiw { phase } }",
      ),
    ).toMatchObject({
      heldOn: "2026-07-06",
      overdue: false,
      rpiw: { phase: "FOLLOW_UP" },
    });
    await call(owner, "recordReading", { metricId, value: 1, takenOn: "2026-09-03", checkpoint: "DAY_90" });
    const missing = await call(owner, "closeRpiw", { rpiwId });
    expect(missing).toMatchObject({
      __typename: "NinetyDayReadingMissing",
      code: "NINETY_DAY_READING_MISSING",
      message: expect.stringContaining("Calls"),
    });
    await call(owner, "recordReading", { metricId: extra.id, value: 0, takenOn: "2026-09-03", checkpoint: "DAY_90" });
    expect(await call(owner, "closeRpiw", { rpiwId }, onRpiw)).toMatchObject({ phase: "CLOSED" });

    const phases = ["CHARTERED", "BASELINING", "WORKSHOP", "REPORTED_OUT", "FOLLOW_UP", "CLOSED"];
    const history = await service.ask(member(), "query ($id: ID!) { rpiw(id: $id) { phaseHistory { phase } } }", {
      id: rpiwId,
    });
    expect(history.data.rpiw.phaseHistory.map((one: { phase: string }) => one.phase)).toEqual(phases);
    const told = await facts(rpiwId);
    expect(told.map(({ type, data }) => [type, data.workItemId, data.phase])).toEqual(
      phases.map((phase) => ["production-system.rpiw-phase-changed", rpiwId, phase]),
    );
  });

  it("may end before its time, with a reason that is kept from those from whom people are withheld", async () => {
    const { rpiwId } = await deliver("BASELINING");
    expect(await call(owner, "abandonRpiw", { rpiwId, reason: " " })).toMatchObject({ code: "INVALID_INPUT" });
    expect(await call(owner, "abandonRpiw", { rpiwId, reason: "The ward has closed." }, onRpiw)).toMatchObject({
      phase: "ABANDONED",
    });
    const query = "query ($id: ID!) { rpiw(id: $id) { phaseHistory { reason } } }";
    const last = async (viewer: Viewer): Promise<unknown> =>
      (await service.ask(viewer, query, { id: rpiwId })).data.rpiw.phaseHistory.at(-1);
    expect(await last(member())).toEqual({ reason: "The ward has closed." });
    expect(await last(analyst())).toEqual({ reason: null });
    expect(await call(owner, "abandonRpiw", { rpiwId, reason: "Again." })).toMatchObject({
      code: "RPIW_PHASE_REFUSED",
    });
  });

  it("is bound by the rules from the first edit of what the founding report states", async () => {
    const rpiwId = seedId("Rpiw", "founding-work-item-2");
    expect(
      await call(office(), "reportOut", { rpiwId, on: "2026-06-01" }, "... on RpiwPhaseRefused { phase }"),
    ).toMatchObject({ code: "RPIW_PHASE_REFUSED", phase: null });
    expect(
      await call(office(), "charterRpiw", { rpiwId, ...charter }, "... on Rpiw { phase deliverySource }"),
    ).toMatchObject({ phase: "CHARTERED", deliverySource: "USER" });
  });
});

describe("refusals", () => {
  it("come for a team that is too small or too large, and for ids of other things, with nothing written", async () => {
    const rpiwId = await propose();
    for (const teamSize of [5, 11])
      expect(await call(office(), "charterRpiw", { rpiwId, ...charter, teamSize })).toMatchObject({
        __typename: "InvalidInput",
        code: "INVALID_INPUT",
      });
    expect(await call(office(), "charterRpiw", { rpiwId, ...charter, processOwnerId: rpiwId })).toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(await call(office(), "charterRpiw", { rpiwId, ...charter, sponsorId: "x" })).toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(await call(office(), "charterRpiw", { rpiwId: owner.personId, ...charter })).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await call(office(), "charterRpiw", { rpiwId: newGlobalId("Rpiw"), ...charter })).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await phaseOf(rpiwId)).toBe("PROPOSED");
    expect(await facts(rpiwId)).toEqual([]);
  });

  it("come for everybody but the office and the process owner", async () => {
    const { rpiwId, metricId } = await deliver("REPORTED_OUT");
    const [review] = await reviewsOf(rpiwId);
    for (const viewer of [anonymous, member(), analyst(), sponsor]) {
      const refused = { __typename: viewer === anonymous ? "NotFound" : "NotAllowed" };
      expect(await call(viewer, "abandonRpiw", { rpiwId, reason: "No." })).toMatchObject({ __typename: "NotAllowed" });
      expect(await call(viewer, "charterRpiw", { rpiwId, ...charter })).toMatchObject({ __typename: "NotAllowed" });
      expect(
        await call(viewer, "defineMetric", { rpiwId, name: "n", unit: "u", direction: "LOWER_IS_BETTER" }),
      ).toMatchObject({ __typename: "NotAllowed" });
      expect(await call(viewer, "recordReading", { metricId, value: 1, takenOn: "2026-06-01" })).toMatchObject(refused);
      expect(await call(viewer, "recordBaseline", { metricId, value: 1, takenOn: "2026-06-01" })).toMatchObject(
        refused,
      );
      expect(await call(viewer, "setMetricTarget", { metricId, target: 1 })).toMatchObject(refused);
      expect(await call(viewer, "holdReview", { reviewId: review.id, heldOn: "2026-06-01" })).toMatchObject(refused);
    }
    expect(await phaseOf(rpiwId)).toBe("REPORTED_OUT");
  });

  it("come for what the phase does not allow", async () => {
    const { rpiwId } = await deliver("CHARTERED");
    const refused = { __typename: "RpiwPhaseRefused", code: "RPIW_PHASE_REFUSED" };
    expect(await call(office(), "charterRpiw", { rpiwId, ...charter })).toMatchObject(refused);
    expect(await call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01" })).toMatchObject(refused);
    expect(await call(owner, "reportOut", { rpiwId, on: "2026-06-01" })).toMatchObject(refused);
    expect(await call(owner, "closeRpiw", { rpiwId })).toMatchObject(refused);
    const proposed = await propose();
    expect(
      await call(
        office(),
        "defineMetric",
        { rpiwId: proposed, name: "n", unit: "u", direction: "LOWER_IS_BETTER" },
        "... on RpiwPhaseRefused { phase }",
      ),
    ).toMatchObject({ ...refused, phase: "PROPOSED" });
  });

  it("come for baselines and targets once the workshop has started", async () => {
    const { rpiwId, metricId } = await deliver("WORKSHOP");
    const frozen = { __typename: "BaselineFrozen", code: "BASELINE_FROZEN" };
    expect(await call(owner, "recordBaseline", { metricId, value: 5, takenOn: "2026-05-21" })).toMatchObject(frozen);
    expect(await call(owner, "setMetricTarget", { metricId, target: 5 })).toMatchObject(frozen);
    expect(
      await call(owner, "defineMetric", { rpiwId, name: "n", unit: "u", direction: "LOWER_IS_BETTER" }),
    ).toMatchObject({ code: "RPIW_PHASE_REFUSED" });
  });

  it("come for a workshop without a metric", async () => {
    const { rpiwId } = await deliver("BASELINING");
    await service.arrange(({ em }) =>
      em.execute("update production_system.rpiw set phase = 'BASELINING' where id = ?", [rpiwId.slice(4)]),
    );
    const bare = await propose();
    await service.arrange(({ em }) =>
      em.execute(
        "update production_system.rpiw set phase = 'BASELINING', process_owner_id = ?, team_size = 6 where id = ?",
        [(owner.personId as string).slice(4), bare.slice(4)],
      ),
    );
    expect(await call(owner, "startWorkshop", { rpiwId: bare, startsOn: "2026-06-01" })).toMatchObject({
      code: "WORKSHOP_NOT_READY",
    });
  });

  it("come for days that have not come, and for days out of their order", async () => {
    const { rpiwId, metricId } = await deliver("BASELINING");
    const invalid = { code: "INVALID_INPUT" };
    expect(await call(owner, "recordBaseline", { metricId, value: 1, takenOn: "2026-06-02" })).toMatchObject(invalid);
    expect(await call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-02" })).toMatchObject(invalid);
    expect(await call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01", endsOn: "2026-05-31" })).toMatchObject(
      invalid,
    );
    expect(await call(owner, "recordReading", { metricId, value: 1, takenOn: "2026-06-02" })).toMatchObject(invalid);
    expect(await call(owner, "recordReading", { metricId, value: 1e16, takenOn: "2026-06-01" })).toMatchObject(invalid);
    expect(
      await call(owner, "recordReading", { metricId, value: 1, takenOn: "2026-06-01", checkpoint: "REPORT_OUT" }),
    ).toMatchObject(invalid);
    await call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01" });
    expect(await call(owner, "reportOut", { rpiwId, on: "2026-05-31" })).toMatchObject(invalid);
    await call(owner, "reportOut", { rpiwId, on: "2026-06-01" });
    on("2026-08-29");
    expect(
      await call(owner, "recordReading", { metricId, value: 1, takenOn: "2026-08-29", checkpoint: "DAY_90" }),
    ).toMatchObject(invalid);
    on("2026-08-30");
    expect(
      await call(owner, "recordReading", { metricId, value: 1, takenOn: "2026-08-30", checkpoint: "DAY_90" }),
    ).toMatchObject({ __typename: "Reading" });
    const [review] = await reviewsOf(rpiwId);
    expect(await call(owner, "holdReview", { reviewId: review.id, heldOn: "2026-05-31" })).toMatchObject(invalid);
  });

  it("come for a second metric of a name and for a twenty-first", async () => {
    const { rpiwId } = await deliver("BASELINING");
    const metric = (name: string) => ({ rpiwId, name, unit: "u", direction: "HIGHER_IS_BETTER" });
    expect(await call(owner, "defineMetric", metric(" Waits "))).toMatchObject({
      __typename: "MetricNameTaken",
      code: "METRIC_NAME_TAKEN",
    });
    for (let index = 2; index <= 20; index++) await call(owner, "defineMetric", metric(`Metric ${index}`));
    expect(await call(owner, "defineMetric", metric("Metric 21"))).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("come as errors with a code for values that are no days or numbers", async () => {
    const text = "mutation ($input: RecordReadingInput!) { recordReading(input: $input) { __typename } }";
    for (const wrong of [{ takenOn: "yesterday" }, { value: "much" }, { checkpoint: "DAY_91" }]) {
      const input = { metricId: newGlobalId("Metric"), value: 1, takenOn: "2026-06-01", ...wrong };
      const { errors } = await service.ask(owner, text, { input });
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });
});

describe("a waiver", () => {
  it("of the review at day 90 closes an RPIW in the readings' place, signed by the sponsor", async () => {
    const { rpiwId } = await deliver("REPORTED_OUT");
    const last = (await reviewsOf(rpiwId)).at(-1);
    const input = { reviewId: last.id, reason: "The service was moved." };
    expect(await call(owner, "closeRpiw", { rpiwId })).toMatchObject({ code: "NINETY_DAY_READING_MISSING" });
    for (const viewer of [owner, member(), analyst()])
      expect(await call(viewer, "waiveReview", input)).toMatchObject({ code: "NOT_ALLOWED" });
    expect(await call(anonymous, "waiveReview", input)).toMatchObject({ code: "NOT_FOUND" });
    expect(await call(sponsor, "waiveReview", { ...input, reason: "" })).toMatchObject({ code: "INVALID_INPUT" });
    expect(
      await call(sponsor, "waiveReview", input, "... on Review { overdue waiver { signedOn reason signedBy { id } } }"),
    ).toMatchObject({
      overdue: false,
      waiver: { signedOn: "2026-06-01", reason: "The service was moved.", signedBy: { id: sponsor.personId } },
    });
    const seen = await service.ask(
      analyst(),
      "query ($id: ID!) { rpiw(id: $id) { reviews { waiver { signedOn reason signedBy { id } } } } }",
      { id: rpiwId },
    );
    expect(seen.data.rpiw.reviews.at(-1).waiver).toEqual({ signedOn: "2026-06-01", reason: null, signedBy: null });
    expect(await call(owner, "holdReview", { reviewId: last.id, heldOn: "2026-06-01" })).toMatchObject({
      code: "REVIEW_SETTLED",
    });
    expect(await call(owner, "closeRpiw", { rpiwId }, onRpiw)).toMatchObject({ phase: "CLOSED" });
    const [first] = await reviewsOf(rpiwId);
    expect(await call(sponsor, "waiveReview", { ...input, reviewId: first.id })).toMatchObject({
      code: "RPIW_PHASE_REFUSED",
    });
  });

  it("of an earlier review does not", async () => {
    const { rpiwId } = await deliver("REPORTED_OUT");
    const [first] = await reviewsOf(rpiwId);
    expect(await call(office(), "waiveReview", { reviewId: first.id, reason: "Summer." })).toMatchObject({
      __typename: "Review",
    });
    expect(await call(owner, "closeRpiw", { rpiwId })).toMatchObject({ code: "NINETY_DAY_READING_MISSING" });
  });
});

describe("where callers race", () => {
  const count = (results: { __typename: string }[], type: string): number =>
    results.filter((one) => one.__typename === type).length;

  it("the workshop starts once, with one history row and one fact", async () => {
    const { rpiwId } = await deliver("BASELINING");
    const results = await Promise.all(
      Array.from({ length: 8 }, () => call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01" })),
    );
    expect([count(results, "Rpiw"), count(results, "RpiwPhaseRefused")]).toEqual([1, 7]);
    expect((await facts(rpiwId)).filter(({ data }) => data.phase === "WORKSHOP")).toHaveLength(1);
  });

  it("a baseline is recorded before the freeze or refused after it, never changed behind it", async () => {
    const { rpiwId, metricId } = await deliver("BASELINING");
    const [started, ...recorded] = await Promise.all([
      call(owner, "startWorkshop", { rpiwId, startsOn: "2026-06-01" }),
      ...[1, 2, 3, 4, 5, 6].map((value) => call(owner, "recordBaseline", { metricId, value, takenOn: "2026-05-21" })),
    ]);
    expect(started.__typename).toBe("Rpiw");
    expect(count(recorded, "Metric") + count(recorded, "BaselineFrozen")).toBe(6);
  });

  it("a checkpoint gets one reading", async () => {
    const { metricId } = await deliver("REPORTED_OUT");
    const input = { metricId, takenOn: "2026-06-01", checkpoint: "REPORT_OUT" };
    const results = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((value) => call(owner, "recordReading", { ...input, value })),
    );
    expect([count(results, "Reading"), count(results, "ReadingExists")]).toEqual([1, 5]);
  });

  it("a review is held or waived, once", async () => {
    const { rpiwId } = await deliver("REPORTED_OUT");
    const [review] = await reviewsOf(rpiwId);
    const results = await Promise.all([
      ...[1, 2, 3].map(() => call(owner, "holdReview", { reviewId: review.id, heldOn: "2026-06-01" })),
      ...[1, 2, 3].map(() => call(sponsor, "waiveReview", { reviewId: review.id, reason: "Summer." })),
    ]);
    expect([count(results, "Review"), count(results, "ReviewSettled")]).toEqual([1, 5]);
  });

  it("two mutations of one request see each other's changes", async () => {
    const rpiwId = await propose();
    const text = `mutation ($c: CharterRpiwInput!, $a: AbandonRpiwInput!) {
      a: charterRpiw(input: $c) { ... on Rpiw { phase } } b: abandonRpiw(input: $a) { ... on Rpiw { phase phaseHistory { phase } } } }`;
    const { data } = await service.ask(office(), text, { c: { rpiwId, ...charter }, a: { rpiwId, reason: "Done." } });
    expect(data).toEqual({
      a: { phase: "CHARTERED" },
      b: { phase: "ABANDONED", phaseHistory: [{ phase: "CHARTERED" }, { phase: "ABANDONED" }] },
    });
  });
});
