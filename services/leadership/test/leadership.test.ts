import { newGlobalId } from "@clic/global-id";
import { personViewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { loadRows, transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { EnrolmentEntity } from "../src/enrolment/enrolment.entity.ts";
import { CohortEntity } from "../src/programme/programme.entity.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration, loadFounding, loadDemonstration]);
});
afterAll(() => service.stop());

type Viewer = ReturnType<typeof office>;
const cohort = seedId("Cohort", "demo-leadership-1 cohort 1");
const planned = seedId("Cohort", "demo-leadership-1 cohort 2");
const ask = async (viewer: Viewer, query: string, variables?: Record<string, unknown>) => {
  const answer = await service.ask(viewer, query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};
const apply = async (viewer: Viewer, cohortId: string) =>
  (
    await ask(
      viewer,
      "mutation ($input: ApplyForCohortInput!) { applyForCohort(input: $input) { __typename ... on Enrolment { id status organisation { id } } ... on UserError { code message } } }",
      { input: { cohortId } },
    )
  ).applyForCohort;
const step = async (viewer: Viewer, enrolmentId: string, status: string) =>
  (
    await ask(
      viewer,
      "mutation ($input: ChangeEnrolmentStatusInput!) { changeEnrolmentStatus(input: $input) { __typename ... on Enrolment { status } ... on UserError { code message } } }",
      { input: { enrolmentId, status } },
    )
  ).changeEnrolmentStatus;
const plan = async (places: number) =>
  (
    await ask(
      office(),
      "mutation ($input: PlanCohortInput!) { planCohort(input: $input) { __typename ... on Cohort { id startsOn placesLeft } ... on UserError { code } } }",
      {
        input: {
          programmeId: seedId("Programme", "demo-leadership-1"),
          name: `Of ${places}`,
          places,
          startsOn: "2027-09-01",
        },
      },
    )
  ).planCohort;

describe("programmes and cohorts", () => {
  it("are public, and keep what the founding facts don't state unknown", async () => {
    const { programme } = await ask(
      anonymous,
      "query ($id: ID!) { programme(id: $id) { title reportedStatus reportedWhen source initiative { id } cohorts { totalCount } } }",
      { id: seedId("Programme", "founding-work-item-9") },
    );
    expect(programme).toEqual({
      title: "CLIC leadership programme",
      reportedStatus: "IN_DEVELOPMENT",
      reportedWhen: "late June (year not stated)",
      source: "FOUNDING",
      initiative: { id: seedId("LeadershipInitiative", "founding-work-item-9") },
      cohorts: { totalCount: 0 },
    });
  });

  it("are planned by the office alone, within bounds", async () => {
    expect(await plan(0)).toEqual({ __typename: "InvalidInput", code: "INVALID_INPUT" });
    expect(await plan(5)).toMatchObject({ startsOn: "2027-09-01", placesLeft: 5 });
    const { planCohort } = await ask(
      lead(),
      "mutation ($input: PlanCohortInput!) { planCohort(input: $input) { ... on UserError { code } } }",
      { input: { programmeId: "x", name: "x", places: 1 } },
    );
    expect(planCohort.code).toBe("NOT_ALLOWED");
  });
});

describe("enrolments", () => {
  it("are seen by the person, their lead, the office and analysts, and by nobody else", async () => {
    const query =
      "query ($id: ID!) { cohort(id: $id) { enrolments(first: 100) { totalCount nodes { person { id } } } } }";
    const seen = async (viewer: Viewer) => (await ask(viewer, query, { id: cohort })).cohort.enrolments;
    expect((await seen(anonymous)).totalCount).toBe(0);
    expect(await seen(member())).toEqual({ totalCount: 1, nodes: [{ person: { id: seedId("Person", "member") } }] });
    expect((await seen(lead())).totalCount).toBe(3);
    expect((await seen(office())).totalCount).toBe(12);
    expect((await seen(analyst())).totalCount).toBe(12);
  });

  it("hold to the database's rows even with the application's conditions left out", async () => {
    const rows = await service.orm.em.fork().transactional(async (em) => {
      await em.execute(
        "select set_config('app.kind', 'person', true), set_config('app.person', ?, true), set_config('app.scopes', 'record:self', true)",
        [seedId("Person", "member").slice(4)],
      );
      return await em.execute("select person_id from leadership.enrolment");
    });
    expect(rows.map((row) => row["person_id" as never])).toEqual([seedId("Person", "member").slice(4)]);
    expect(await service.orm.em.fork().execute("select 1 from leadership.enrolment")).toEqual([]);
  });

  it("go from application to completion, each step by whoever takes it", async () => {
    const made = await apply(member(), planned);
    expect(made).toMatchObject({ status: "APPLIED", organisation: { id: seedId("Organisation", "demo-practice-1") } });
    expect((await apply(member(), planned)).code).toBe("APPLIED_ALREADY");
    expect((await step(member(), made.id, "OFFERED")).code).toBe("ENROLMENT_STATUS_REFUSED");
    expect((await step(office(), made.id, "OFFERED")).status).toBe("OFFERED");
    expect((await step(office(), made.id, "ENROLLED")).code).toBe("ENROLMENT_STATUS_REFUSED");
    expect((await step(member(), made.id, "ENROLLED")).status).toBe("ENROLLED");
    expect((await step(office(), made.id, "COMPLETED")).code).toBe("ATTENDANCE_TOO_LOW");
    expect((await step(member(), made.id, "WITHDRAWN")).status).toBe("WITHDRAWN");
    expect((await apply(member(), planned)).status).toBe("APPLIED");
  });

  it("can't be touched or told apart from absent ones by strangers", async () => {
    const theirs = seedId("Enrolment", "demo-leadership-1 cohort 1 office");
    expect(await step(member(), theirs, "WITHDRAWN")).toMatchObject({ code: "NOT_FOUND" });
    expect(await step(member(), seedId("Enrolment", "nobody's"), "WITHDRAWN")).toMatchObject({ code: "NOT_FOUND" });
    expect(await step(analyst(), theirs, "WITHDRAWN")).toMatchObject({ code: "NOT_ALLOWED" });
    expect((await apply(anonymous, planned)).code).toBe("NOT_ALLOWED");
    expect((await apply(member(), "coh_nonsense")).code).toBe("NOT_FOUND");
  });

  it("never exceed the places, however many offers are made at once", async () => {
    const { id } = await plan(3);
    const people = Array.from({ length: 20 }, (_, index) => seedId("Enrolment", `raced ${index}`));
    await service.arrange(({ em }) =>
      loadRows(
        em,
        EnrolmentEntity,
        people.map((one, index) => ({
          id: one,
          cohortId: id,
          personId: seedId("Person", `raced ${index}`),
          status: "APPLIED",
          source: "USER",
        })),
      ),
    );
    const answers = await Promise.all(people.map((one) => step(office(), one, "OFFERED")));
    expect(answers.filter((answer) => answer.status === "OFFERED")).toHaveLength(3);
    expect(answers.filter((answer) => answer.code === "COHORT_FULL")).toHaveLength(17);
    const { cohort: after } = await ask(
      office(),
      "query ($id: ID!) { cohort(id: $id) { placesLeft enrolments(first: 100, where: { status: { eq: OFFERED } }) { totalCount } } }",
      { id },
    );
    expect(after).toEqual({ placesLeft: 0, enrolments: { totalCount: 3 } });
  });

  it("would exceed them without the database's count", async () => {
    const { id } = await plan(1);
    const people = Array.from({ length: 4 }, (_, index) => seedId("Enrolment", `unguarded ${index}`));
    const { Client } = await import("pg");
    const admin = new Client(service.database.url);
    await admin.connect();
    try {
      await admin.query("alter table leadership.enrolment disable trigger enrolment_counts");
      await service.arrange(({ em }) =>
        loadRows(
          em,
          EnrolmentEntity,
          people.map((one, index) => ({
            id: one,
            cohortId: id,
            personId: seedId("Person", `raced ${index}`),
            status: "APPLIED",
            source: "USER",
          })),
        ),
      );
      const answers = await Promise.all(people.map((one) => step(office(), one, "OFFERED")));
      expect(answers.filter((answer) => answer.status === "OFFERED").length).toBeGreaterThan(1);
    } finally {
      await admin.query("alter table leadership.enrolment enable trigger enrolment_counts");
      await admin.end();
    }
  });
});

describe("an enrolment, with the application's own rules removed", () => {
  const offered = seedId("Enrolment", "past the rules").slice(4);
  /** Runs a statement as the service's role for this viewer. */
  const sql = (viewer: Viewer, text: string, params: unknown[] = []): Promise<object[]> =>
    transact(service.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params));
  const insert =
    "insert into leadership.enrolment (id, cohort_id, person_id, organisation_id, status, sessions_held) values (?, ?, ?, ?, ?, ?)";
  const bare = (id: string | null) => id?.slice(4) ?? null;
  const somebody = member("past the rules");

  it("is applied for by oneself, for the acting organisation, and begins at the beginning", async () => {
    const own = [bare(somebody.personId), bare(somebody.organisationId), "APPLIED", 0];
    for (const [index, forged] of [bare(member().personId), bare(office().organisationId), "OFFERED", 1].entries())
      await expect(sql(somebody, insert, [offered, bare(planned), ...own.with(index, forged)])).rejects.toThrow(
        /row-level security/,
      );
    await sql(somebody, insert, [offered, bare(planned), ...own]);
  });

  it("is taken by its person through no step but their own", async () => {
    const to = (viewer: Viewer, status: string) =>
      sql(viewer, "update leadership.enrolment set status = ? where id = ? returning id", [status, offered]);
    for (const status of ["OFFERED", "ENROLLED", "COMPLETED", "DEFERRED"])
      await expect(to(somebody, status)).rejects.toMatchObject({ constraint: "enrolment_own_steps" });
    expect(await to(lead(), "WITHDRAWN")).toEqual([]);
    expect(await to(office(), "OFFERED")).toHaveLength(1);
    expect(await to(somebody, "ENROLLED")).toHaveLength(1);
    await expect(
      sql(somebody, "update leadership.enrolment set sessions_held = 1, sessions_attended = 1 where id = ?", [offered]),
    ).rejects.toMatchObject({ constraint: "enrolment_own_steps" });
    expect(await to(somebody, "WITHDRAWN")).toHaveLength(1);
    await expect(to(somebody, "ENROLLED")).rejects.toMatchObject({ constraint: "enrolment_own_steps" });
  });

  it("moves to no other person, organisation or cohort, and is never deleted, whoever writes", async () => {
    for (const change of ["person_id = person_id", "organisation_id = null", "cohort_id = cohort_id"])
      await expect(sql(office(), `update leadership.enrolment set ${change} where id = ?`, [offered])).rejects.toThrow(
        /permission denied/,
      );
    await expect(sql(office(), "delete from leadership.enrolment")).rejects.toThrow(/permission denied/);
  });
});

describe("what Leadership adds", () => {
  it("to initiatives the programme and to people their enrolments, in as many statements for many as for one", async () => {
    const query =
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on LeadershipInitiative { programme { title cohorts(first: 2) { nodes { name placesLeft } } } } ... on Person { leadershipEnrolments(first: 10) { nodes { status attendanceRate cohort { name programme { title } } } } } } }";
    const reference = (type: "Person" | "LeadershipInitiative", key: string) => ({
      __typename: type,
      id: seedId(type, key),
    });
    const few = await service.ask(office(), query, {
      r: [reference("Person", "member"), reference("LeadershipInitiative", "demo-leadership-1")],
    });
    const many = await service.ask(office(), query, {
      r: [
        ...["member", "office", "lead"].map((key) => reference("Person", key)),
        ...[1, 2, 3].map((index) => reference("LeadershipInitiative", `demo-leadership-${index}`)),
      ],
    });
    expect(many.errors).toBeUndefined();
    expect(many.data._entities[3].programme.cohorts.nodes.length).toBeGreaterThan(0);
    expect(many.data._entities[0].leadershipEnrolments.nodes[0]).toMatchObject({
      status: "COMPLETED",
      attendanceRate: 1,
    });
    expect(many.statements).toBe(few.statements);
  });
});

describe("the leaders of an organisation", () => {
  const text =
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Organisation { leadersEnrolled leadersEnrolledSuppressed } } }";
  const trust = seedId("Organisation", "demo-trust-1");
  const answer = (viewer: Viewer, ids: readonly string[]) =>
    service.ask(viewer, text, { r: ids.map((id) => ({ __typename: "Organisation", id })) });
  const seen = async (viewer: Viewer, id: string) => {
    const { data, errors } = await answer(viewer, [id]);
    expect(errors).toBeUndefined();
    const { leadersEnrolled: count, leadersEnrolledSuppressed: suppressed } = data._entities[0];
    return [count, suppressed];
  };
  /** Enrolments of new people, or of one, in new cohorts of ten. */
  const arrange = async (organisationId: string, statuses: readonly string[], personId?: string): Promise<void> => {
    for (const status of statuses) {
      const { id: cohortId } = await plan(10);
      const row = { cohortId, organisationId, status, appliedAt: new Date("2026-01-05T09:00:00Z"), source: "USER" };
      await service.arrange(({ em }) =>
        loadRows(em, EnrolmentEntity, [
          { id: newGlobalId("Enrolment"), personId: personId ?? newGlobalId("Person"), ...row },
        ]),
      );
    }
  };

  it("are those who take part in a cohort or completed one, each once", async () => {
    const organisation = newGlobalId("Organisation");
    await arrange(organisation, ["APPLIED", "OFFERED", "ENROLLED", "COMPLETED", "WITHDRAWN", "DEFERRED"]);
    expect(await seen(office(), organisation)).toEqual([2, false]);
    await arrange(organisation, ["COMPLETED", "ENROLLED"], newGlobalId("Person"));
    expect(await seen(office(), organisation)).toEqual([3, false]);
    expect(await seen(office(), newGlobalId("Organisation"))).toEqual([0, false]);
  });

  it("are counted for the office, analysts and its own leads, and no few of them for analysts", async () => {
    const organisation = newGlobalId("Organisation");
    await arrange(organisation, ["ENROLLED", "ENROLLED", "ENROLLED", "COMPLETED"]);
    const own = personViewer({ personId: newGlobalId("Person"), organisationId: organisation, roles: ["LEAD"] });
    for (const viewer of [office(), own]) expect(await seen(viewer, organisation)).toEqual([4, false]);
    expect(await seen(analyst(), organisation)).toEqual([null, true]);
    await arrange(organisation, ["ENROLLED"]);
    expect(await seen(analyst(), organisation)).toEqual([5, false]);
    expect((await seen(analyst(), trust))[0]).toBeGreaterThan(5);
    for (const viewer of [anonymous, member(), lead(), member("m", "demo-trust-1")])
      expect(await seen(viewer, organisation)).toEqual([null, null]);
  });

  it("cost one statement for many organisations, and an id of another type is null", async () => {
    const one = await answer(office(), [trust]);
    const many = await answer(office(), [trust, seedId("Organisation", "demo-practice-1"), "nonsense"]);
    expect(many.errors).toBeUndefined();
    expect(many.data._entities[2]).toBeNull();
    expect([one.statements, many.statements]).toEqual([1, 1]);
  });
});

it("counts the demonstration's places as it counts everybody's", async () => {
  const rows = await service.arrange(({ em }) => em.find(CohortEntity, { id: cohort }));
  expect(rows[0]?.taken).toBe(8);
});
