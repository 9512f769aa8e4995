import { newGlobalId, newUuid } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration, loadFounding, loadDemonstration]);
  service.setNow(new Date("2026-11-25T10:00:00Z"));
});
afterAll(() => service.stop());

const course = seedId("Course", "demo-course-2");
const somebody = (): string => newGlobalId("Person");
const data = async (viewer: Viewer, text: string, variables?: Record<string, unknown>) => {
  const answer = await service.ask(viewer, text, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};
const record = async (viewer: Viewer, input: object) =>
  (
    await data(
      viewer,
      `mutation ($input: RecordCompletionInput!) { result: recordCompletion(input: $input) { __typename ... on UserError { code }
        ... on Completion { id person { id } course { id } courseVersion organisation { id } completedOn expiresOn status source } } }`,
      { input: { courseId: course, completedOn: "2026-11-20", ...input } },
    )
  ).result;
const revoke = async (viewer: Viewer, completionId: string, reason = "Entered for somebody else.") =>
  (
    await data(
      viewer,
      `mutation ($input: RevokeCompletionInput!) { result: revokeCompletion(input: $input) { __typename ... on UserError { code message }
        ... on Completion { id status revokedOn revocationReason } } }`,
      { input: { completionId, reason } },
    )
  ).result;
const revise = async (viewer: Viewer, input: object) =>
  (
    await data(
      viewer,
      `mutation ($input: ReviseCourseInput!) { result: reviseCourse(input: $input) { ... on Course { version title } ... on UserError { code } } }`,
      { input },
    )
  ).result;
const count = async (viewer: Viewer): Promise<number> =>
  (await data(viewer, "{ completions { totalCount } }")).completions.totalCount;

describe("completions", () => {
  it("are the demonstration's, once, however often they are loaded", async () => {
    expect(await count(office())).toBe(84 * 4);
  });

  it("are one's own; for leads their organisation's; for the office and analysts all; for nobody else any", async () => {
    expect(await count(anonymous)).toBe(0);
    expect(await count(member())).toBe(4);
    const of = (await data(lead(), "{ completions(first: 100) { nodes { organisation { id } person { id } } } }"))
      .completions.nodes;
    expect(new Set(of.map(({ organisation }: { organisation: { id: string } }) => organisation.id))).toEqual(
      new Set([seedId("Organisation", "demo-practice-1")]),
    );
    expect(of.length).toBeGreaterThan(8);
    expect(await count(analyst())).toBe(84 * 4);
  });

  it("name no person to an analyst, who may not filter by one either", async () => {
    const text =
      "{ completions(first: 100, after: $after) { pageInfo { endCursor } nodes { person { id } revocationReason } } }";
    const seen: { person: { id: string } | null; revocationReason: string | null }[] = [];
    for (let after: string | null = null; seen.length < 84 * 4;) {
      const { completions } = await data(analyst(), `query ($after: String) ${text}`, after === null ? {} : { after });
      seen.push(...completions.nodes);
      after = completions.pageInfo.endCursor;
    }
    // Their own four, and nobody else's.
    expect(seen.filter(({ person }) => person !== null).map(({ person }) => person?.id)).toEqual(
      Array.from({ length: 4 }, () => analyst().personId),
    );
    expect(seen.every(({ revocationReason }) => revocationReason === null)).toBe(true);
    const filter = `{ completions(where: { personId: { eq: "${seedId("Person", "member")}" } }) { totalCount } }`;
    expect((await service.ask(analyst(), filter)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await data(office(), filter)).completions.totalCount).toBe(4);
  });

  it("are counted by course and by month, by analysts too", async () => {
    const { completions } = await data(
      analyst(),
      `{ completions { aggregate { count } courses: groupBy(keys: [{ field: COURSE_ID }]) { count }
        months: groupBy(keys: [{ field: COMPLETED_ON, bucket: MONTH }]) { key { completedOn } count } } }`,
    );
    const sum = (groups: { count: number }[]) => groups.reduce((total, group) => total + group.count, 0);
    expect(completions.aggregate.count).toBe(84 * 4);
    expect([completions.courses.length, sum(completions.courses)]).toEqual([7, 84 * 4]);
    expect(sum(completions.months)).toBe(84 * 4);
  });

  it("are a person's certificates, latest first, in one statement for many people; null to analysts", async () => {
    const text = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person {
      certificates(first: 50) { nodes { completedOn status expiresOn } } } } }`;
    const person = (key: string) => ({ __typename: "Person", id: seedId("Person", key) });
    const one = await service.ask(office(), text, { r: [person("member")] });
    const two = await service.ask(office(), text, { r: [person("member"), person("demo-person-1")] });
    expect([one.statements, two.statements]).toEqual([1, 1]);
    const days = one.data._entities[0].certificates.nodes.map(
      ({ completedOn }: { completedOn: string }) => completedOn,
    );
    expect(days).toEqual(days.toSorted().toReversed());
    expect(two.data._entities[1].certificates.nodes.map(({ status }: { status: string }) => status)).toContain(
      "REVOKED",
    );
    expect(
      (await service.ask(member(), text, { r: [person("demo-person-1")] })).data._entities[0].certificates.nodes,
    ).toEqual([]);
    expect((await service.ask(analyst(), text, { r: [person("member")] })).data._entities[0].certificates).toBeNull();
  });
});

describe("recording a completion", () => {
  it("is for the office, and for leads of the organisation; it pins version and employer of the day", async () => {
    const personId = somebody();
    const own = { personId, organisationId: seedId("Organisation", "demo-practice-1") };
    for (const viewer of [anonymous, member(), analyst(), lead("other", "demo-trust-2")])
      expect((await record(viewer, own)).code).toBe("NOT_ALLOWED");
    const made = await record(lead(), { personId, expiresOn: "2026-12-20" });
    expect(made).toMatchObject({
      person: { id: personId },
      course: { id: course },
      courseVersion: 1,
      organisation: { id: own.organisationId },
      status: "DUE",
      source: "USER",
    });
    expect((await revise(lead(), { courseId: course })).code).toBe("NOT_ALLOWED");
    expect(await revise(office(), { courseId: course, title: "Revised" })).toEqual({ version: 2, title: "Revised" });
    const next = await record(office(), { personId, completedOn: "2026-11-21", organisationId: own.organisationId });
    expect(next).toMatchObject({ courseVersion: 2, status: "VALID", expiresOn: null });
    expect((await data(office(), `{ completion(id: "${made.id}") { courseVersion } }`)).completion.courseVersion).toBe(
      1,
    );
  });

  it("gives two revisions at once two versions", async () => {
    await Promise.all([1, 2, 3].map(() => revise(office(), { courseId: seedId("Course", "demo-course-3") })));
    expect(await revise(office(), { courseId: seedId("Course", "demo-course-3") })).toMatchObject({ version: 5 });
    for (const courseId of ["nonsense", newGlobalId("Course")])
      expect((await revise(office(), { courseId })).code).toBe("NOT_FOUND");
    expect((await revise(office(), { courseId: course, title: " " })).code).toBe("INVALID_INPUT");
  });

  it("happens once a person, course and day, however many record it at once", async () => {
    const personId = somebody();
    const answers = await Promise.all([1, 2, 3, 4].map(() => record(office(), { personId })));
    expect(answers.filter(({ __typename }) => __typename === "Completion")).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "COMPLETION_RECORDED_ALREADY")).toHaveLength(3);
  });

  it("is refused for drafts, days to come, ids of other things", async () => {
    const personId = somebody();
    const refused = async (input: object) => (await record(office(), { personId, ...input })).code;
    expect(await refused({ courseId: seedId("Course", "demo-course-8") })).toBe("INVALID_INPUT");
    expect((await record(lead(), { personId, courseId: seedId("Course", "demo-course-8") })).code).toBe("NOT_FOUND");
    expect(await refused({ completedOn: "2026-11-26" })).toBe("INVALID_INPUT");
    expect(await refused({ expiresOn: "2026-11-20" })).toBe("INVALID_INPUT");
    expect(await refused({ personId: course })).toBe("INVALID_INPUT");
    expect(await refused({ organisationId: course })).toBe("INVALID_INPUT");
    for (const courseId of ["nonsense", newGlobalId("Course")]) expect(await refused({ courseId })).toBe("NOT_FOUND");
  });
});

describe("revoking a certificate", () => {
  it("is for the office and the organisation's leads, with a reason, once", async () => {
    const { id } = await record(lead(), { personId: somebody() });
    for (const viewer of [anonymous, member(), lead("other", "demo-trust-2")])
      expect((await revoke(viewer, id)).code).toBe("NOT_FOUND");
    expect((await revoke(analyst(), id)).code).toBe("NOT_ALLOWED");
    expect((await revoke(lead(), id, " ")).code).toBe("INVALID_INPUT");
    expect(await revoke(lead(), id)).toMatchObject({
      status: "REVOKED",
      revokedOn: "2026-11-25",
      revocationReason: "Entered for somebody else.",
    });
    expect((await revoke(office(), id, "Another.")).code).toBe("COMPLETION_REVOKED_ALREADY");
  });
});

describe("row-level security, with the application's own scoping removed", () => {
  const sql = (viewer: Viewer, text: string, params: unknown[] = []): Promise<object[]> =>
    transact(service.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params));
  const bare = (id: string): string => id.slice(4);
  const table = "education_learning.completion";
  const insert = `insert into ${table} (id, person_id, course_id, course_version, organisation_id, completed_on) values (?, ?, ?, 1, ?, '2026-01-01')`;
  const values = (organisation: string) => [
    newUuid(),
    newUuid(),
    bare(course),
    bare(seedId("Organisation", organisation)),
  ];

  it("shows the rows of oneself, one's organisation as its lead, and everybody's to the office and analysts", async () => {
    const seen = async (viewer: Viewer) => (await sql(viewer, `select * from ${table}`)).length;
    const all = await seen(office());
    expect(await seen(anonymous)).toBe(0);
    expect(await seen(member())).toBe(4);
    expect(await seen(lead("lead", "demo-council-1"))).toBeGreaterThan(0);
    expect(await seen(lead("lead", "demo-council-1"))).toBeLessThan(all / 2);
    expect(await seen(analyst())).toBe(all);
  });

  it("lets the office write, and leads their own organisation's", async () => {
    for (const viewer of [anonymous, member(), analyst(), lead("l", "demo-trust-2")])
      await expect(sql(viewer, insert, values("demo-practice-1"))).rejects.toThrow(/row-level security/);
    await sql(lead(), insert, values("demo-practice-1"));
    await sql(office(), insert, values("demo-trust-2"));
    const change = `update ${table} set revoked_on = '2026-11-25', revocation_reason = 'x' where organisation_id = ? returning id`;
    expect(await sql(lead("l", "demo-trust-2"), change, values("demo-practice-1").slice(3))).toEqual([]);
  });

  it("lets nobody change what was completed, delete it, or expire it before its day", async () => {
    for (const text of [
      `delete from ${table}`,
      `update ${table} set expires_on = null`,
      `update ${table} set person_id = gen_random_uuid()`,
    ])
      await expect(sql(office(), text)).rejects.toThrow(/permission denied/);
    await expect(
      sql(
        office(),
        insert
          .replace("completed_on)", "completed_on, expires_on)")
          .replace("'2026-01-01')", "'2026-01-01', '2026-01-01')"),
        values("CLIC"),
      ),
    ).rejects.toThrow(/completion_expires_later/);
    await expect(
      sql(office(), `update ${table} set revoked_on = '2026-11-25' where revoked_on is null`),
    ).rejects.toThrow(/completion_revoked_with_reason/);
  });
});
