import { seedId } from "@clic/seed-data";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadFounding, loadDemonstration, loadFounding, loadDemonstration]);
});
afterAll(() => service.stop());

const entities =
  "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Event { cpdMinutes course { title } } ... on LearningInitiative { rollOut { title target adopted adoption } } ... on Workstream { courses(first: 5) { nodes { title } } } } }";
const rollOut = seedId("RollOut", "demo-learning-1");

describe("courses", () => {
  it("are loaded once, however often the data is", async () => {
    const { data } = await service.ask(office(), "{ courses(first: 100) { totalCount nodes { source } } }");
    expect(data.courses.totalCount).toBe(8);
    expect(new Set(data.courses.nodes.map((course: { source: string }) => course.source))).toEqual(new Set(["DEMO"]));
  });

  it("are public but for drafts, which only the office sees", async () => {
    for (const viewer of [anonymous, member(), analyst()]) {
      expect((await service.ask(viewer, "{ courses(first: 100) { totalCount } }")).data.courses.totalCount).toBe(7);
      expect((await service.ask(viewer, `{ course(code: "demo-course-8") { id } }`)).data.course).toBeNull();
    }
  });

  it("are found by id or code, by exactly one of them", async () => {
    const { data } = await service.ask(anonymous, `{ course(code: "demo-course-1") { id title provider { id } } }`);
    expect(data.course).toMatchObject({
      id: seedId("Course", "demo-course-1"),
      provider: { id: seedId("Organisation", "CLIC") },
    });
    for (const args of ["", `(id: "${data.course.id}", code: "x")`]) {
      const { errors } = await service.ask(anonymous, `{ course${args} { id } }`);
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });

  it("are entered by the office, with a code of their own, and go live", async () => {
    const create =
      "mutation ($input: CreateCourseInput!) { createCourse(input: $input) { __typename ... on Course { id status } ... on UserError { code message } } }";
    const input = { code: "pain-basics", title: "Pain basics" };
    expect((await service.ask(member(), create, { input })).data.createCourse.code).toBe("NOT_ALLOWED");
    expect((await service.ask(office(), create, { input: { ...input, code: "No Good" } })).data.createCourse.code).toBe(
      "INVALID_INPUT",
    );
    const made = (await service.ask(office(), create, { input })).data.createCourse;
    expect(made.status).toBe("DRAFT");
    expect((await service.ask(office(), create, { input })).data.createCourse.code).toBe("COURSE_CODE_TAKEN");
    const change =
      "mutation ($input: ChangeCourseStatusInput!) { changeCourseStatus(input: $input) { __typename ... on Course { status } ... on UserError { code } } }";
    const to = async (status: string) =>
      (await service.ask(office(), change, { input: { courseId: made.id, status } })).data.changeCourseStatus;
    expect((await to("RETIRED")).code).toBe("COURSE_STATUS_REFUSED");
    expect((await to("LIVE")).status).toBe("LIVE");
    expect((await service.ask(anonymous, `{ course(code: "pain-basics") { title } }`)).data.course.title).toBe(
      "Pain basics",
    );
    const nowhere = await service.ask(office(), change, { input: { courseId: "crs_nonsense", status: "LIVE" } });
    expect(nowhere.data.changeCourseStatus.code).toBe("NOT_FOUND");
  });

  it("keep their code to one course when two enter it at once", async () => {
    const create = "mutation ($input: CreateCourseInput!) { createCourse(input: $input) { __typename } }";
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => service.ask(office(), create, { input: { code: "raced", title: "Raced" } })),
    );
    const kinds = answers.map((answer) => answer.data.createCourse.__typename).sort();
    expect(kinds).toEqual(["Course", ...Array.from({ length: 9 }, () => "CourseCodeTaken")]);
  });
});

describe("roll-outs", () => {
  it("keep what the founding facts don't state unknown", async () => {
    const { data } = await service.ask(
      anonymous,
      "query ($id: ID!) { rollOut(id: $id) { target adopted adoption source } }",
      { id: seedId("RollOut", "founding-work-item-1") },
    );
    expect(data.rollOut).toEqual({ target: null, adopted: 0, adoption: null, source: "FOUNDING" });
  });

  it("say how many sites are live to everybody, and which they are to those concerned", async () => {
    const query =
      "query ($id: ID!) { rollOut(id: $id) { adopted sites(first: 100) { totalCount nodes { organisation { id } } } } }";
    const sites = async (viewer: ReturnType<typeof office>) =>
      (await service.ask(viewer, query, { id: rollOut })).data.rollOut;
    expect(await sites(anonymous)).toEqual({ adopted: 6, sites: { totalCount: 0, nodes: [] } });
    expect(await sites(member())).toMatchObject({ adopted: 6, sites: { totalCount: 0 } });
    expect(await sites(lead())).toMatchObject({
      sites: { nodes: [{ organisation: { id: seedId("Organisation", "demo-practice-1") } }] },
    });
    expect(await sites(analyst())).toMatchObject({ sites: { totalCount: 12 } });
    expect(await sites(office())).toMatchObject({ sites: { totalCount: 12 } });
  });

  it("take a site from invitation to live, once each, within its licences", async () => {
    const invite =
      "mutation ($input: InviteSiteInput!) { inviteSite(input: $input) { __typename ... on RollOutSite { id status } ... on UserError { code } } }";
    const input = { rollOutId: rollOut, organisationId: seedId("Organisation", "demo-trust-1"), licences: 3 };
    expect((await service.ask(lead(), invite, { input })).data.inviteSite.code).toBe("NOT_ALLOWED");
    expect((await service.ask(office(), invite, { input: { ...input, licences: -1 } })).data.inviteSite.code).toBe(
      "INVALID_INPUT",
    );
    expect(
      (await service.ask(office(), invite, { input: { ...input, rollOutId: seedId("RollOut", "nowhere") } })).data
        .inviteSite.code,
    ).toBe("NOT_FOUND");
    const raced = await Promise.all([1, 2, 3].map(() => service.ask(office(), invite, { input })));
    const made = raced.map((answer) => answer.data.inviteSite).filter((site) => site.__typename === "RollOutSite");
    expect(made).toHaveLength(1);
    const status =
      "mutation ($input: ChangeSiteStatusInput!) { changeSiteStatus(input: $input) { ... on RollOutSite { status wentLiveOn } ... on UserError { code } } }";
    const to = async (next: string) =>
      (await service.ask(office(), status, { input: { siteId: made[0].id, status: next } })).data.changeSiteStatus;
    expect((await to("LIVE")).code).toBe("SITE_STATUS_REFUSED");
    await to("ONBOARDING");
    service.setNow(new Date("2027-03-04T12:00:00Z"));
    expect(await to("LIVE")).toEqual({ status: "LIVE", wentLiveOn: "2027-03-04" });
    const users =
      "mutation ($input: RecordSiteUsersInput!) { recordSiteUsers(input: $input) { ... on RollOutSite { users } ... on UserError { code } } }";
    expect(
      (await service.ask(office(), users, { input: { siteId: made[0].id, users: 4 } })).data.recordSiteUsers.code,
    ).toBe("LICENCES_EXCEEDED");
    expect(
      (await service.ask(office(), users, { input: { siteId: made[0].id, users: 3 } })).data.recordSiteUsers.users,
    ).toBe(3);
  });
});

describe("what Education and Learning adds", () => {
  const references = (type: string, keys: string[]) =>
    keys.map((key) => ({ __typename: type, id: seedId(type as "Event", key) }));

  it("to events: CPD minutes and a course, in as many statements for sixteen as for one", async () => {
    const keys = Array.from({ length: 16 }, (_, index) => `demo-event-${index + 1}`);
    const one = await service.ask(anonymous, entities, { r: references("Event", keys.slice(0, 1)) });
    const all = await service.ask(anonymous, entities, { r: references("Event", keys) });
    expect(one.data._entities[0]).toEqual({ cpdMinutes: 60, course: { title: "Demonstration: Frailty in practice" } });
    expect(all.data._entities).toHaveLength(16);
    expect(all.statements).toBe(one.statements);
  });

  it("to learning initiatives: the roll-out; null where there is none", async () => {
    const { data, statements } = await service.ask(anonymous, entities, {
      r: references("LearningInitiative", ["demo-learning-1", "demo-learning-2", "demo-learning-3"]),
    });
    expect(data._entities[1].rollOut).toMatchObject({ target: 12, adopted: 6, adoption: 0.5 });
    expect(data._entities[2].rollOut).toBeNull();
    expect(statements).toBe(2);
  });

  it("to workstreams: their courses, in one statement", async () => {
    const { data, statements } = await service.ask(anonymous, entities, {
      r: references("Workstream", ["frail-elderly", "urgent-care"]),
    });
    expect(data._entities[0].courses.nodes.length).toBeGreaterThan(0);
    expect(statements).toBe(1);
  });
});
