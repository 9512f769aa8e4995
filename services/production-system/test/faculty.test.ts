import { newGlobalId } from "@clic/global-id";
import { personViewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { analyst, anonymous, lead, member, office } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { coach, type FacultyWorld, practice, startFaculty } from "./faculty-world.ts";

let world: FacultyWorld;
beforeAll(async () => void (world = await startFaculty()));
afterAll(() => world.service.stop());

describe("the demonstration's faculty", () => {
  it("has somebody in every state, once, by the day", async () => {
    const states = async (): Promise<string[]> =>
      (
        await world.service.ask(
          office(),
          "{ facultyMemberships(first: 100, where: { source: { eq: DEMO } }) { nodes { status } } }",
        )
      ).data.facultyMemberships.nodes
        .map(({ status }: { status: string }) => status)
        .sort();
    expect(await states()).toEqual([
      "ACCREDITED",
      "ACCREDITED",
      "ACCREDITED",
      "LAPSED",
      "LEFT",
      "NOMINATED",
      "TRAINING",
      "TRAINING",
    ]);
    world.on("2027-06-02");
    expect(await states()).toEqual([
      "LAPSED",
      "LAPSED",
      "LAPSED",
      "LAPSED",
      "LEFT",
      "NOMINATED",
      "TRAINING",
      "TRAINING",
    ]);
    world.on("2026-11-25");
  });

  it("is shown under organisations and people, to many in as many statements as to one, without who left", async () => {
    const text = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Organisation { faculty(first: 50) { totalCount nodes { person { id } level } } } ... on Person { faculty { level since } } } }`;
    const reference = (__typename: "Organisation" | "Person", key: string) => ({
      __typename,
      id: seedId(__typename, key),
    });
    const one = await world.service.ask(office(), text, {
      r: [reference("Organisation", "demo-practice-1"), reference("Person", "secondee")],
    });
    const many = await world.service.ask(office(), text, {
      r: [
        ...["demo-practice-1", "demo-practice-2", "demo-trust-1"].map((key) => reference("Organisation", key)),
        ...["secondee", "demo-person-36", "office"].map((key) => reference("Person", key)),
        { __typename: "Person", id: "nonsense" },
      ],
    });
    expect(many.errors).toBeUndefined();
    expect(many.data._entities.slice(0, 3).map(({ faculty }: any) => faculty.totalCount)).toEqual([2, 0, 2]);
    expect(many.data._entities.slice(3)).toEqual([
      { faculty: { level: "FACULTY", since: "2026-03-02" } },
      { faculty: null },
      { faculty: null },
      null,
    ]);
    expect(many.statements).toBe(one.statements);
    expect(
      (
        await world.service.ask(
          office(),
          `{ _entities(representations: [{ __typename: "Organisation", id: "${practice}" }]) { ... on Organisation { faculty(where: null) { totalCount } } } }`,
        )
      ).errors?.[0]?.extensions.code,
    ).toBe("BAD_USER_INPUT");
  });

  it("tells who is signed in of their own membership", async () => {
    expect((await world.service.ask(member(), "{ me { faculty { level status } } }")).data.me).toEqual({
      faculty: { level: "CHAMPION", status: "TRAINING" },
    });
    expect((await world.service.ask(anonymous, "{ me { faculty { level } } }")).data.me).toBeNull();
  });
});

describe("a membership of the faculty", () => {
  it("goes from nomination to accreditation on evidence, and each step is somebody's", async () => {
    for (const viewer of [anonymous, member(), analyst(), lead("l", "demo-trust-2")])
      expect((await world.nominate({}, viewer)).code).toBe("NOT_ALLOWED");
    const made = await world.nominate({}, lead());
    expect(made).toMatchObject({
      status: "NOMINATED",
      sessionsNeeded: 2,
      since: null,
      coach: { id: coach.personId },
      organisation: { id: practice },
    });
    expect(await world.teach(made.id, "SESSION")).toMatchObject({
      code: "FACULTY_STATUS_REFUSED",
      refusedAt: "NOMINATED",
    });
    expect((await world.accredit(made.id)).code).toBe("FACULTY_STATUS_REFUSED");
    expect(await world.teach(made.id, "INTRODUCTORY_WORKSHOP")).toMatchObject({
      tookPlaceOn: "2026-11-20",
      recordedBy: { id: coach.personId },
    });
    expect(await world.read(made.id)).toMatchObject({ status: "TRAINING", trainedFrom: "2026-11-20" });
    await world.teach(made.id, "SESSION");
    expect(await world.accredit(made.id)).toMatchObject({
      code: "FACULTY_EVIDENCE_MISSING",
      message: expect.stringContaining("1 more"),
    });
    await world.teach(made.id, "SESSION", {}, office());
    expect((await world.accredit(made.id)).message).toContain("project");
    await world.teach(made.id, "PROJECT_REVIEW", { rpiwId: seedId("Rpiw", "demo-rpiw-1") });
    for (const viewer of [lead(), coach, analyst()])
      expect((await world.accredit(made.id, viewer)).code).toBe("NOT_ALLOWED");
    expect(await world.accredit(made.id)).toMatchObject({
      status: "ACCREDITED",
      since: "2026-11-25",
      accreditedUntil: "2027-11-25",
    });
    expect((await world.accredit(made.id)).code).toBe("FACULTY_STATUS_REFUSED");
  });

  it("is one a person, however many are nominated at once, until they leave", async () => {
    const personId = newGlobalId("Person");
    const answers = await Promise.all([1, 2, 3].map(() => world.nominate({ personId })));
    expect(answers.filter(({ code }) => code === "IN_FACULTY_ALREADY")).toHaveLength(2);
    const { id } = answers.find(({ __typename }) => __typename === "FacultyMembership");
    const own = personViewer({ personId, organisationId: null, roles: ["MEMBER"] });
    expect((await world.leave(id, coach)).code).toBe("NOT_ALLOWED");
    expect((await world.leave(id, member())).code).toBe("NOT_FOUND");
    expect(await world.leave(id, own)).toMatchObject({ status: "LEFT", leftOn: "2026-11-25" });
    expect((await world.leave(id)).code).toBe("FACULTY_STATUS_REFUSED");
    expect((await world.teach(id, "INTRODUCTORY_WORKSHOP")).code).toBe("FACULTY_STATUS_REFUSED");
    expect((await world.call(office(), "assignCoach", { membershipId: id })).code).toBe("FACULTY_STATUS_REFUSED");
    expect((await world.nominate({ personId })).status).toBe("NOMINATED");
  });

  it("is nominated with ids of what they should be, and nobody coaches themselves", async () => {
    const personId = newGlobalId("Person");
    for (const wrong of [
      { personId: practice },
      { coachId: practice },
      { organisationId: personId },
      { personId, coachId: personId },
    ])
      expect((await world.nominate(wrong)).code).toBe("INVALID_INPUT");
    const { id } = await world.nominate({ personId, coachId: null });
    expect((await world.teach(id, "INTRODUCTORY_WORKSHOP")).code).toBe("NOT_FOUND");
    const assign = (coachId: string | null, viewer = office()) =>
      world.call(viewer, "assignCoach", { membershipId: id, coachId });
    expect((await assign(personId)).code).toBe("INVALID_INPUT");
    expect((await assign(practice)).code).toBe("INVALID_INPUT");
    expect((await assign(coach.personId, lead())).code).toBe("NOT_ALLOWED");
    expect((await assign(coach.personId)).coach).toEqual({ id: coach.personId });
    expect((await world.teach(id, "INTRODUCTORY_WORKSHOP")).__typename).toBe("TeachingRecord");
  });

  it("lapses the day after its year, and is renewed early enough or late, with teaching since", async () => {
    const id = await world.readyForAccreditation();
    await world.accredit(id);
    expect(await world.renew(id)).toMatchObject({ code: "FACULTY_RENEWAL_EARLY", from: "2027-09-26" });
    world.on("2027-09-26");
    expect((await world.renew(id)).code).toBe("FACULTY_EVIDENCE_MISSING");
    await world.teach(id, "SESSION", { on: "2027-05-01" });
    for (const viewer of [lead(), coach]) expect((await world.renew(id, viewer)).code).toBe("NOT_ALLOWED");
    // Both ask at once; the second finds it renewed.
    const answers = await Promise.all([world.renew(id), world.renew(id)]);
    expect(answers.map(({ code }) => code ?? "done").sort()).toEqual(["FACULTY_RENEWAL_EARLY", "done"]);
    expect(await world.read(id)).toMatchObject({
      since: "2026-11-25",
      accreditedUntil: "2028-11-25",
      renewedOn: "2027-09-26",
    });
    world.on("2028-11-25");
    expect((await world.read(id)).status).toBe("ACCREDITED");
    world.on("2028-11-26");
    expect((await world.read(id)).status).toBe("LAPSED");
    await world.teach(id, "SESSION", { on: "2028-11-26" });
    expect(await world.renew(id)).toMatchObject({ status: "ACCREDITED", accreditedUntil: "2029-11-26" });
    world.on("2026-11-25");
  });

  it("counts a workshop, an event and a project once, however often it is recorded or sent", async () => {
    const { id } = await world.nominate();
    const workshops = await Promise.all([1, 2, 3].map(() => world.teach(id, "INTRODUCTORY_WORKSHOP")));
    expect(workshops.filter(({ code }) => code === "TEACHING_RECORDED_ALREADY")).toHaveLength(2);
    const eventId = newGlobalId("Event");
    await world.teach(id, "SESSION", { eventId });
    expect((await world.teach(id, "SESSION", { eventId, on: "2026-11-19" })).code).toBe("TEACHING_RECORDED_ALREADY");
    const rpiwId = seedId("Rpiw", "demo-rpiw-2");
    await world.teach(id, "PROJECT_REVIEW", { rpiwId });
    expect((await world.teach(id, "PROJECT_REVIEW", { rpiwId })).code).toBe("TEACHING_RECORDED_ALREADY");
    const sent = await Promise.all([1, 2, 3].map(() => world.teach(id, "SESSION", { idempotencyKey: "once" })));
    expect(new Set(sent.map(({ id: record }) => record)).size).toBe(1);
    expect(await world.read(id)).toMatchObject({ sessionsTaught: 2, projectsReviewed: 1 });
    expect((await world.teach(id, "PROJECT_REVIEW", { rpiwId: newGlobalId("Rpiw") })).code).toBe("NOT_FOUND");
    for (const wrong of [{ on: "2026-11-26" }, { eventId: id }, { rpiwId }])
      expect((await world.teach(id, "SESSION", wrong)).code).toBe("INVALID_INPUT");
  });

  it("is taught for by nobody themselves, the office neither", async () => {
    const { id } = await world.nominate({ personId: office().personId });
    expect((await world.teach(id, "INTRODUCTORY_WORKSHOP", {}, office())).code).toBe("NOT_ALLOWED");
    for (const kind of ["INTRODUCTORY_WORKSHOP", "SESSION", "SESSION", "PROJECT_REVIEW"]) await world.teach(id, kind);
    expect((await world.accredit(id)).code).toBe("NOT_ALLOWED");
    expect((await world.accredit(id, office("another"))).status).toBe("ACCREDITED");
    expect((await world.leave(id)).status).toBe("LEFT");
  });

  it("is seen by its person, the coach, the organisation's leads, the office and analysts, and by nobody else", async () => {
    const personId = newGlobalId("Person");
    const { id } = await world.nominate({ personId });
    const own = personViewer({ personId, organisationId: practice, roles: ["MEMBER"] });
    for (const viewer of [own, coach, lead(), office(), analyst()]) expect((await world.read(id, viewer))?.id).toBe(id);
    for (const viewer of [anonymous, member(), lead("l", "demo-trust-2")])
      expect(await world.read(id, viewer)).toBeNull();
    for (const viewer of [anonymous, member()]) {
      expect((await world.accredit(id, viewer)).code).toBe("NOT_FOUND");
      expect((await world.teach(id, "SESSION", {}, viewer)).code).toBe("NOT_FOUND");
    }
    for (const none of ["nonsense", newGlobalId("FacultyMembership")])
      expect([
        (await world.accredit(none)).code,
        (await world.renew(none)).code,
        (await world.leave(none)).code,
        (await world.teach(none, "SESSION")).code,
      ]).toEqual(Array.from({ length: 4 }, () => "NOT_FOUND"));
  });
});
