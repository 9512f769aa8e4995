import { newGlobalId } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CompletionEntity } from "../src/completion/completion.entity.ts";
import { CourseEntity } from "../src/course/course.entity.ts";
import { loadDemonstration } from "../src/demonstration.ts";
import { MembershipEntity } from "../src/membership/membership.entity.ts";
import { RequirementProfileEntity } from "../src/requirement/requirement-profile.entity.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
/** Required of everybody at organisations of kind TRUST, every 12 months, from 2025 on. */
const course = newGlobalId("Course");
beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadDemonstration]);
  service.setNow(new Date("2026-11-25T10:00:00Z"));
  await service.arrange(async ({ em }) => {
    await em.execute(
      "update education_learning.requirement_profile set retired_from = '2025-01-01' where organisation_kind is null and role is null",
    );
    await em.insert(CourseEntity, {
      id: course,
      code: "zz-test",
      title: "Test",
      status: "LIVE",
      version: 1,
      source: "USER",
    });
    await em.insert(RequirementProfileEntity, {
      id: newGlobalId("RequirementProfile"),
      organisationKind: "TRUST",
      courseId: course,
      everyMonths: 12,
      startsOn: "2025-01-01",
      source: "USER",
    });
  });
});
afterAll(() => service.stop());

const text = `query ($r: [_Any!]!, $asOf: Date) { _entities(representations: $r) { ... on Organisation {
  compliance(asOf: $asOf) { course { code } required valid due expired missing rate suppressed } } } }`;
const ask = (viewer: Viewer, ids: readonly string[], asOf: string | null = null) =>
  service.ask(viewer, text, { r: ids.map((id) => ({ __typename: "Organisation", id })), asOf });
const compliance = async (id: string, asOf: string | null = null, viewer = office()): Promise<any> => {
  const { data, errors } = await ask(viewer, [id], asOf);
  expect(errors).toBeUndefined();
  return data._entities[0].compliance;
};
/** required, valid, due, expired, missing. */
const counts = async (id: string, asOf?: string): Promise<number[]> => {
  const [one] = await compliance(id, asOf);
  return one === undefined ? [] : [one.required, one.valid, one.due, one.expired, one.missing];
};
/** Somebody new of an organisation. */
async function join(organisationId: string, with_: object = {}, kind = "TRUST"): Promise<string> {
  const personId = newGlobalId("Person");
  await service.arrange(({ em }) =>
    em.insert(MembershipEntity, {
      id: newGlobalId("Membership"),
      organisationId,
      organisationKind: kind,
      personId,
      roles: ["MEMBER"],
      status: "ACTIVE",
      source: "USER",
      ...with_,
    }),
  );
  return personId;
}
const complete = (personId: string, completedOn: string, with_: object = {}): Promise<unknown> =>
  service.arrange(({ em }) =>
    em.insert(CompletionEntity, {
      id: newGlobalId("Completion"),
      personId,
      courseId: course,
      courseVersion: 1,
      completedOn,
      source: "USER",
      ...with_,
    }),
  );

describe("compliance", () => {
  it("counts everybody required, and tells missing from expired", async () => {
    const trust = newGlobalId("Organisation");
    await join(trust);
    await complete(await join(trust), "2026-06-01");
    await complete(await join(trust), "2025-12-20");
    await complete(await join(trust), "2025-06-01");
    expect(await compliance(trust)).toEqual([
      {
        course: { code: "zz-test" },
        required: 4,
        valid: 1,
        due: 1,
        expired: 1,
        missing: 1,
        rate: 0.5,
        suppressed: false,
      },
    ]);
  });

  it("follows the day, and changes with nothing else", async () => {
    const trust = newGlobalId("Organisation");
    await complete(await join(trust), "2026-01-10");
    expect(await counts(trust, "2026-01-09")).toEqual([1, 0, 0, 0, 1]);
    expect(await counts(trust, "2026-01-10")).toEqual([1, 1, 0, 0, 0]);
    expect(await counts(trust, "2026-11-10")).toEqual([1, 1, 0, 0, 0]);
    expect(await counts(trust, "2026-11-11")).toEqual([1, 0, 1, 0, 0]);
    expect(await counts(trust, "2027-01-10")).toEqual([1, 0, 1, 0, 0]);
    expect(await counts(trust, "2027-01-11")).toEqual([1, 0, 0, 1, 0]);
    service.setNow(new Date("2027-01-11T00:00:00Z"));
    expect(await counts(trust)).toEqual([1, 0, 0, 1, 0]);
    service.setNow(new Date("2026-11-25T10:00:00Z"));
    expect(await counts(trust)).toEqual([1, 0, 1, 0, 0]);
  });

  it("lets a certificate count no longer than it is valid itself, and the longest of several", async () => {
    const trust = newGlobalId("Organisation");
    const person = await join(trust);
    await complete(person, "2026-06-01", { expiresOn: "2026-07-01" });
    expect(await counts(trust)).toEqual([1, 0, 0, 1, 0]);
    await complete(person, "2026-05-01", { expiresOn: "2029-01-01" });
    expect(await counts(trust)).toEqual([1, 1, 0, 0, 0]);
    expect(await counts(trust, "2027-05-02")).toEqual([1, 0, 0, 1, 0]);
  });

  it("counts the months from the expiry that a certificate was renewed at", async () => {
    const trust = newGlobalId("Organisation");
    await complete(await join(trust), "2026-01-10", {
      validMonths: 24,
      countedFrom: "2026-02-01",
      expiresOn: "2028-02-01",
    });
    expect(await counts(trust, "2027-02-01")).toEqual([1, 0, 1, 0, 0]);
    expect(await counts(trust, "2027-02-02")).toEqual([1, 0, 0, 1, 0]);
  });

  it("counts a revoked certificate until the day it was revoked", async () => {
    const trust = newGlobalId("Organisation");
    await complete(await join(trust), "2026-01-10", { revokedOn: "2026-03-01", revocationReason: "x" });
    expect(await counts(trust, "2026-02-28")).toEqual([1, 1, 0, 0, 0]);
    expect(await counts(trust, "2026-03-01")).toEqual([1, 0, 0, 0, 1]);
  });

  it("is of who belonged on the day: whoever left counts until their last day, whoever is invited not at all", async () => {
    const trust = newGlobalId("Organisation");
    await join(trust, { startsOn: "2026-02-01", endsOn: "2026-03-31", status: "LEFT" });
    await join(trust, { status: "INVITED" });
    await join(trust, { status: "LEFT" });
    await join(trust, { status: null });
    expect(await counts(trust, "2026-01-31")).toEqual([]);
    expect(await counts(trust, "2026-02-01")).toEqual([1, 0, 0, 0, 1]);
    expect(await counts(trust, "2026-03-31")).toEqual([1, 0, 0, 0, 1]);
    expect(await counts(trust, "2026-04-01")).toEqual([]);
  });

  it("goes with the person, across employers and into two at once", async () => {
    const [from, to] = [newGlobalId("Organisation"), newGlobalId("Organisation")];
    const person = await join(from, { endsOn: "2026-06-30", status: "LEFT" });
    await complete(person, "2026-05-01", { organisationId: from });
    await join(to, { personId: person, startsOn: "2026-06-01" });
    expect([await counts(from, "2026-06-15"), await counts(to, "2026-06-15")]).toEqual([
      [1, 1, 0, 0, 0],
      [1, 1, 0, 0, 0],
    ]);
    expect(await counts(to)).toEqual([1, 1, 0, 0, 0]);
  });

  it("is of the roles and kinds that a requirement names, of each person once, by the strictest that names them", async () => {
    const trust = newGlobalId("Organisation");
    await complete(await join(trust, { roles: ["MEMBER", "FACULTY"] }), "2026-01-10");
    await join(newGlobalId("Organisation"), {}, "COUNCIL");
    await service.arrange(({ em }) =>
      em.insert(RequirementProfileEntity, {
        id: newGlobalId("RequirementProfile"),
        role: "FACULTY",
        courseId: course,
        everyMonths: 6,
        startsOn: "2026-08-01",
        retiredFrom: "2026-12-01",
        source: "USER",
      }),
    );
    expect(await counts(trust, "2026-07-31")).toEqual([1, 1, 0, 0, 0]);
    expect(await counts(trust, "2026-08-01")).toEqual([1, 0, 0, 1, 0]);
    expect(await counts(trust, "2026-12-01")).toEqual([1, 0, 1, 0, 0]);
    const council = newGlobalId("Organisation");
    await join(council, {}, "COUNCIL");
    await join(council, { roles: ["FACULTY"] }, "COUNCIL");
    expect(await counts(council, "2026-09-01")).toEqual([1, 0, 0, 0, 1]);
  });

  it("is for the office, analysts and its own leads, small numbers withheld from analysts", async () => {
    const trust = newGlobalId("Organisation");
    const of = (role: "LEAD" | "MEMBER") =>
      personViewer({ personId: newGlobalId("Person"), organisationId: trust, roles: [role] });
    for (const completedOn of ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04"])
      await complete(await join(trust), completedOn);
    for (const viewer of [office(), of("LEAD")])
      expect((await compliance(trust, null, viewer))[0]).toMatchObject({ required: 4, valid: 4, rate: 1 });
    expect((await compliance(trust, null, analyst()))[0]).toMatchObject({
      course: { code: "zz-test" },
      required: null,
      rate: null,
      suppressed: true,
    });
    await join(trust);
    expect((await compliance(trust, null, analyst()))[0]).toMatchObject({
      required: 5,
      valid: null,
      rate: 0.8,
      suppressed: true,
    });
    for (const viewer of [anonymous, member(), lead(), of("MEMBER")])
      expect(await compliance(trust, null, viewer)).toBeNull();
  });

  it("costs one statement and one for the courses, for one organisation and for many, and refuses a year 0", async () => {
    const ids = ["demo-trust-1", "demo-practice-1", "demo-council-1"].map((key) => seedId("Organisation", key));
    const one = await ask(office(), ids.slice(0, 1));
    const many = await ask(office(), ids);
    expect(many.data._entities[1].compliance.length).toBeGreaterThan(0);
    expect([one.statements, many.statements]).toEqual([2, 2]);
    expect((await ask(office(), ids, "0000-01-01")).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("the database, past every rule of the application", () => {
  it("counts for the office, analysts and leads of the organisation, and for nobody else", async () => {
    const trust = newGlobalId("Organisation");
    await join(trust);
    const required = (viewer: Viewer): Promise<{ required: number }[]> =>
      transact(service.orm.em, viewer, new Date(), ({ em }) =>
        em.execute("select required from education_learning.compliance_of(array[?::uuid], '2026-11-25', 60)", [
          trust.slice(4),
        ]),
      );
    const own = personViewer({ personId: newGlobalId("Person"), organisationId: trust, roles: ["LEAD"] });
    for (const viewer of [office(), analyst(), own]) expect(await required(viewer)).toEqual([{ required: 1 }]);
    for (const viewer of [anonymous, member(), lead()]) expect(await required(viewer)).toEqual([]);
  });
});
