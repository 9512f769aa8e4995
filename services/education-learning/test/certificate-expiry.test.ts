import { newGlobalId } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { addMonths } from "../src/completion/certificate-expiry.rules.ts";
import { loadDemonstration } from "../src/demonstration.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => {
  service = await startTestSubgraph(subgraph, [loadDemonstration]);
  service.setNow(new Date("2026-11-25T10:00:00Z"));
});
afterAll(() => service.stop());

const course = seedId("Course", "demo-course-2");
const somebody = (): string => newGlobalId("Person");

describe("why a certificate expires", () => {
  const expiring = async (input: object, viewer = office()) => {
    const { data: answer, errors } = await service.ask(
      viewer,
      `mutation ($input: RecordCompletionInput!) { result: recordCompletion(input: $input) { ... on UserError { code }
        ... on Completion { id expiresOn expiry validMonths countedFrom } } }`,
      { input: { courseId: course, completedOn: "2026-11-20", ...input } },
    );
    expect(errors).toBeUndefined();
    return answer.result;
  };

  it("is a fixed day, months from the completion, or nothing", async () => {
    const personId = somebody();
    const countedFrom = "2026-11-20";
    expect(await expiring({ personId, expiresOn: "2027-03-31" })).toMatchObject({
      expiresOn: "2027-03-31",
      expiry: "FIXED_DATE",
      validMonths: null,
      countedFrom,
    });
    expect(await expiring({ personId: somebody(), validMonths: 12 })).toMatchObject({
      expiresOn: "2027-11-20",
      expiry: "FROM_COMPLETION",
      countedFrom,
    });
    expect(await expiring({ personId: somebody() })).toMatchObject({ expiresOn: null, expiry: null, countedFrom });
    expect((await expiring({ personId: somebody(), validMonths: 12, expiresOn: "2027-01-01" })).code).toBe(
      "INVALID_INPUT",
    );
  });

  it("is the expiry of the certificate that it renewed while due; revoked ones are not renewed", async () => {
    const personId = somebody();
    const before = await expiring({ personId, completedOn: "2025-12-10", validMonths: 12 });
    const renewing = { personId, validMonths: 12, expiry: "FROM_PREVIOUS_EXPIRY" };
    expect(await expiring(renewing)).toMatchObject({
      expiresOn: "2027-12-10",
      expiry: "FROM_PREVIOUS_EXPIRY",
      countedFrom: "2026-12-10",
    });
    await service.ask(
      office(),
      'mutation ($id: ID!) { revokeCompletion(input: { completionId: $id, reason: "Demonstrated." }) { __typename } }',
      { id: before.id },
    );
    expect(await expiring({ ...renewing, completedOn: "2026-11-19" })).toMatchObject({
      expiresOn: "2027-11-19",
      expiry: "FROM_COMPLETION",
    });
    expect(await expiring({ ...renewing, personId: somebody() })).toMatchObject({ expiry: "FROM_COMPLETION" });
  });

  it("holds in the database, by PostgreSQL's months as by ours", async () => {
    const days = ["2024-02-29", "2025-01-31", "2026-08-31", "2026-11-30"];
    for (const day of days)
      for (const months of [1, 6, 12, 13]) {
        const [row] = await service.arrange(({ em }) =>
          em.execute("select (?::date + make_interval(months => ?))::date::text as day", [day, months]),
        );
        expect([day, months, (row as unknown as { day: string }).day]).toEqual([day, months, addMonths(day, months)]);
      }
    const wrong = `insert into education_learning.completion (id, person_id, course_id, course_version, completed_on, expires_on, valid_months, counted_from)
      values (gen_random_uuid(), gen_random_uuid(), ?, 1, '2026-01-01', ?, ?, ?)`;
    const insert = (expiresOn: string, months: number | null, countedFrom: string | null) =>
      service.arrange(({ em }) => em.execute(wrong, [course.slice(4), expiresOn, months, countedFrom]));
    await expect(insert("2027-01-02", 12, null)).rejects.toThrow(/completion_expiry_follows/);
    await expect(insert("2027-01-01", null, "2026-02-01")).rejects.toThrow(/completion_counted_from/);
    await expect(insert("2027-05-01", 12, "2026-05-01")).rejects.toThrow(/completion_counted_from/);
    await insert("2027-02-01", 12, "2026-02-01");
  });
});
