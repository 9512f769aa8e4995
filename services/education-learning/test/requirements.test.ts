import { newGlobalId, newUuid } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { RequirementProfileEntity } from "../src/requirement/requirement-profile.entity.ts";
import { mostRequirements } from "../src/requirement/requirement.rules.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadDemonstration, loadDemonstration]);
  service.setNow(new Date("2026-11-25T10:00:00Z"));
});
afterAll(() => service.stop());

const course = seedId("Course", "demo-course-6");
const call = async (viewer: Viewer, mutation: string, input: object): Promise<any> => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await service.ask(
    viewer,
    `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { __typename ... on UserError { code }
      ... on RequirementProfile { id role organisationKind course { id } everyMonths startsOn retiredFrom source } } }`,
    { input },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.result;
};
const require_ = (input: object = {}, viewer = office()) =>
  call(viewer, "requireCourse", { courseId: course, ...input });
const change = (requirementId: string, input: object = {}, viewer = office()) =>
  call(viewer, "changeRequirement", { requirementId, ...input });
const retire = (requirementId: string, input: object = {}, viewer = office()) =>
  call(viewer, "retireRequirement", { requirementId, ...input });
const read = async (id: string): Promise<any> =>
  (
    await service.ask(
      anonymous,
      "query ($id: ID!) { requirementProfile(id: $id) { everyMonths startsOn retiredFrom } }",
      { id },
    )
  ).data.requirementProfile;

describe("requirements", () => {
  it("are public, the demonstration's six among them once", async () => {
    const { data } = await service.ask(
      anonymous,
      "{ requirementProfiles(where: { source: { eq: DEMO } }) { totalCount nodes { course { code } everyMonths } } }",
    );
    expect(data.requirementProfiles.totalCount).toBe(6);
    expect(data.requirementProfiles.nodes).toContainEqual({ course: { code: "demo-course-1" }, everyMonths: 12 });
  });

  it("are made by the office alone, of live courses, roles there are, from today on", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect((await require_({}, viewer)).code).toBe("NOT_ALLOWED");
    for (const wrong of [{ role: "NURSE" }, { everyMonths: 0 }, { everyMonths: 121 }, { startsOn: "2026-11-24" }])
      expect((await require_(wrong)).code).toBe("INVALID_INPUT");
    for (const key of ["demo-course-7", "demo-course-8"])
      expect((await require_({ courseId: seedId("Course", key) })).code).toBe("INVALID_INPUT");
    for (const courseId of ["nonsense", newGlobalId("Course")])
      expect((await require_({ courseId })).code).toBe("NOT_FOUND");
    expect(await require_({ role: "FACULTY", organisationKind: "TRUST", everyMonths: 24 })).toMatchObject({
      role: "FACULTY",
      organisationKind: "TRUST",
      course: { id: course },
      everyMonths: 24,
      startsOn: "2026-11-25",
      retiredFrom: null,
      source: "USER",
    });
  });

  it("are of the same people and course once on any day, however many are made at once", async () => {
    const same = { organisationKind: "COUNCIL", everyMonths: 12 };
    const answers = await Promise.all([1, 2, 3, 4].map(() => require_(same)));
    expect(answers.filter(({ __typename }) => __typename === "RequirementProfile")).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "REQUIRED_ALREADY")).toHaveLength(3);
    expect((await require_({ ...same, startsOn: "2030-01-01" })).code).toBe("REQUIRED_ALREADY");
    expect((await require_({ ...same, role: "LEAD" })).__typename).toBe("RequirementProfile");
  });

  it("are changed by another that takes their place, so that the past stays", async () => {
    const made = await require_({ organisationKind: "CCG", everyMonths: 12 });
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect((await change(made.id, {}, viewer)).code).toBe("NOT_ALLOWED");
    expect((await change(made.id, { from: "2026-11-24" })).code).toBe("INVALID_INPUT");
    expect((await change(made.id, { everyMonths: 500 })).code).toBe("INVALID_INPUT");
    const next = await change(made.id, { everyMonths: 24, from: "2027-01-01" });
    expect(next).toMatchObject({ organisationKind: "CCG", everyMonths: 24, startsOn: "2027-01-01", retiredFrom: null });
    expect(await read(made.id)).toEqual({ everyMonths: 12, startsOn: "2026-11-25", retiredFrom: "2027-01-01" });
    expect((await change(made.id, { everyMonths: 6 })).code).toBe("REQUIREMENT_RETIRED");
    // The successor has yet to begin; what takes its place begins when it would have.
    const last = await change(next.id);
    expect(last).toMatchObject({ everyMonths: null, startsOn: "2027-01-01" });
    expect(await read(next.id)).toMatchObject({ startsOn: "2027-01-01", retiredFrom: "2027-01-01" });
    for (const none of ["nonsense", newGlobalId("RequirementProfile")])
      expect([(await change(none)).code, (await retire(none)).code]).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  });

  it("have one successor, however many change them at once", async () => {
    const { id } = await require_({ organisationKind: "UNIT" });
    const answers = await Promise.all([6, 12, 18].map((everyMonths) => change(id, { everyMonths })));
    expect(answers.map(({ code }) => code ?? "done").sort()).toEqual([
      "REQUIREMENT_RETIRED",
      "REQUIREMENT_RETIRED",
      "done",
    ]);
  });

  it("are retired by the office, today or later, once; and may be made again from then on", async () => {
    const made = await require_({ organisationKind: "SUPPLIER" });
    for (const viewer of [anonymous, member(), lead()])
      expect((await retire(made.id, {}, viewer)).code).toBe("NOT_ALLOWED");
    expect((await retire(made.id, { from: "2026-11-24" })).code).toBe("INVALID_INPUT");
    expect(await retire(made.id, { from: "2027-06-01" })).toMatchObject({ retiredFrom: "2027-06-01" });
    expect((await retire(made.id)).code).toBe("REQUIREMENT_RETIRED");
    expect((await require_({ organisationKind: "SUPPLIER", startsOn: "2027-05-31" })).code).toBe("REQUIRED_ALREADY");
    expect((await require_({ organisationKind: "SUPPLIER", startsOn: "2027-06-01" })).startsOn).toBe("2027-06-01");
  });

  it("are 100 at most at a time", async () => {
    await service.arrange(async ({ em }) => {
      const open = await em.count(RequirementProfileEntity, { retiredFrom: null });
      for (let number = open; number < mostRequirements - 1; number++)
        await em.insert(RequirementProfileEntity, {
          id: newGlobalId("RequirementProfile"),
          role: `R${"ABCDEFGHIJ"[Math.floor(number / 10)]}${"ABCDEFGHIJ"[number % 10]}`,
          courseId: course,
          startsOn: "2026-01-01",
          source: "USER",
        });
    });
    const kinds = ["ALLIANCE", "PUBLISHER", "PROVIDER", "COLLABORATIVE", "PRACTICE"];
    const raced = kinds.flatMap((organisationKind) =>
      ["SPONSOR", "PARTNER"].map((role) => ({ organisationKind, role })),
    );
    const answers = await Promise.all(raced.map((whom) => require_(whom)));
    expect(answers.filter(({ __typename }) => __typename === "RequirementProfile")).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "REQUIREMENTS_FULL")).toHaveLength(raced.length - 1);
  });
});

describe("the database, past every rule of the application", () => {
  const sql = (viewer: Viewer, text: string, params: unknown[] = []): Promise<object[]> =>
    transact(service.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params));
  const table = "education_learning.requirement_profile";

  it("lets the office alone make and retire requirements, and nobody change or delete one", async () => {
    const insert = `insert into ${table} (id, role, course_id, starts_on) values (?, 'SQL', ?, '2026-01-01')`;
    const values = [newUuid(), course.slice(4)];
    for (const viewer of [anonymous, member(), lead(), analyst()]) {
      await expect(sql(viewer, insert, values)).rejects.toThrow(/row-level security/);
      expect(await sql(viewer, `update ${table} set retired_from = '2030-01-01' returning id`)).toEqual([]);
    }
    await sql(office(), insert, values);
    for (const text of [
      `delete from ${table}`,
      `update ${table} set every_months = 1`,
      `update ${table} set starts_on = '2020-01-01'`,
    ])
      await expect(sql(office(), text)).rejects.toThrow(/permission denied/);
    await expect(sql(office(), `update ${table} set retired_from = '2000-01-01'`)).rejects.toThrow(/check constraint/);
  });

  it("shows the copies of memberships to no request, and lets none write them", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst(), office()]) {
      expect(await sql(viewer, "select id from education_learning.membership")).toEqual([]);
      expect(await sql(viewer, "update education_learning.membership set status = 'LEFT' returning id")).toEqual([]);
      await expect(
        sql(
          viewer,
          "insert into education_learning.membership (id, organisation_id, person_id) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid())",
        ),
      ).rejects.toThrow(/row-level security/);
    }
  });
});
