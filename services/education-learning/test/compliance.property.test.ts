import { newUuid } from "@clic/global-id";
import { startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import fc from "fast-check";
import { addMonths } from "../src/completion/certificate-expiry.rules.ts";
import { addDays, certificateStatus, type Day, dueDays } from "../src/completion/completion.rules.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => void (service = await startTestSubgraph(subgraph)));
afterAll(() => service.stop());

const day = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays("2024-01-01", days));
const early = fc.integer({ min: 0, max: 400 }).map((days) => addDays("2024-01-01", days));
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { freq: 2 });
const role = fc.constantFrom("MEMBER", "LEAD");
const kind = fc.constantFrom("TRUST", "PRACTICE");
const membershipOf = fc.record({
  organisation: fc.nat(1),
  kind: maybe(kind),
  person: fc.nat(2),
  roles: fc.uniqueArray(role),
  status: fc.constantFrom("ACTIVE", "ACTIVE", "LEFT", "INVITED", null),
  startsOn: maybe(early),
  lasts: maybe(fc.nat(1_500)),
});
const requirementOf = fc.record({
  role: maybe(role),
  kind: maybe(kind),
  course: fc.nat(1),
  everyMonths: maybe(fc.integer({ min: 1, max: 30 })),
  startsOn: early,
  lasts: maybe(fc.nat(1_500)),
});
const completionOf = fc.record({
  person: fc.nat(2),
  course: fc.nat(1),
  completedOn: day,
  validMonths: maybe(fc.integer({ min: 1, max: 30 })),
  renewedBefore: maybe(fc.nat(60)),
  revokedAfter: maybe(fc.nat(600)),
});
const worlds = fc.record({
  memberships: fc.array(membershipOf, { minLength: 2, maxLength: 10 }),
  requirements: fc.array(requirementOf, { minLength: 1, maxLength: 4 }),
  completions: fc.uniqueArray(completionOf, {
    minLength: 3,
    maxLength: 10,
    selector: ({ person, course, completedOn }) => `${person} ${course} ${completedOn}`,
  }),
  asOf: day,
  near: fc.tuple(fc.nat(30), fc.constantFrom(-61, -60, 0, 0, 1)),
});
type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

const ids = Array.from({ length: 7 }, () => newUuid());
const idOf = (what: "organisation" | "person" | "course", number: number): string =>
  ids[{ organisation: 0, person: 2, course: 5 }[what] + number] as string;
const end = (startsOn: Day | null, lasts: number | null): Day | null =>
  lasts === null ? null : addDays(startsOn ?? "2024-06-01", lasts);
const expiry = ({ completedOn, validMonths, renewedBefore }: World["completions"][number]) => {
  const countedFrom = validMonths !== null && renewedBefore !== null ? addDays(completedOn, renewedBefore) : null;
  return { countedFrom, expiresOn: validMonths === null ? null : addMonths(countedFrom ?? completedOn, validMonths) };
};

/** The same world on a day on which a status changes, or the day before; where nothing ends, on its own day. */
function atAnEdge(world: World): World {
  const [index, shift] = world.near;
  const ends = [
    ...world.completions.flatMap((one) => expiry(one).expiresOn ?? []),
    ...world.completions.flatMap(({ completedOn, revokedAfter }) =>
      revokedAfter === null ? [] : addDays(completedOn, revokedAfter),
    ),
    ...[...world.memberships, ...world.requirements].flatMap(({ startsOn, lasts }) => end(startsOn, lasts) ?? []),
  ];
  const last = ends[index % ends.length];
  return last === undefined ? world : { ...world, asOf: addDays(last, shift) };
}

/** The same by the rules, one person, course and certificate at a time. */
function byTheRules({ memberships, requirements, completions, asOf }: World): string[] {
  const found = new Map<string, number[]>();
  for (const organisation of [0, 1])
    for (const course of [0, 1])
      for (const person of [0, 1, 2]) {
        const there = memberships.filter((one) => {
          const last = end(one.startsOn, one.lasts);
          const belongs = last === null ? one.status === "ACTIVE" : one.status === "ACTIVE" || one.status === "LEFT";
          const begun = one.startsOn === null || one.startsOn <= asOf;
          return (
            one.organisation === organisation &&
            one.person === person &&
            belongs &&
            begun &&
            (last === null || last >= asOf)
          );
        });
        const required = requirements.filter((one) => {
          const retired = end(one.startsOn, one.lasts);
          const inForce = one.course === course && one.startsOn <= asOf && (retired === null || retired > asOf);
          const names = (membership: World["memberships"][number]) =>
            (one.role === null || membership.roles.includes(one.role)) &&
            (one.kind === null || one.kind === membership.kind);
          return inForce && there.some(names);
        });
        if (required.length === 0) continue;
        const every = required.flatMap(({ everyMonths }) => (everyMonths === null ? [] : [everyMonths]));
        const standing = completions
          .filter((one) => one.person === person && one.course === course && one.completedOn <= asOf)
          .filter((one) => one.revokedAfter === null || addDays(one.completedOn, one.revokedAfter) > asOf)
          .map((one) => {
            const { countedFrom, expiresOn } = expiry(one);
            const ends = every.map((months) => addMonths(countedFrom ?? one.completedOn, months));
            const last = [expiresOn, ...ends].filter((each) => each !== null).sort()[0] ?? null;
            return certificateStatus({ expiresOn: last, revokedOn: null }, asOf);
          });
        const best = ["VALID", "DUE", "EXPIRED"].findIndex((status) => standing.some((one) => one === status));
        const key = `${idOf("organisation", organisation)} ${idOf("course", course)}`;
        const counts = found.get(key) ?? [0, 0, 0, 0, 0];
        counts[0]! += 1;
        counts[best === -1 ? 4 : best + 1]! += 1;
        found.set(key, counts);
      }
  return [...found].map(([key, counts]) => `${key} ${counts.join(" ")}`).sort();
}

async function byTheDatabase({ memberships, requirements, completions, asOf }: World): Promise<string[]> {
  return await service.arrange(async ({ em }) => {
    const insert = async (table: string, rows: readonly object[]) =>
      await em.execute(
        `insert into education_learning.${table} (${Object.keys(rows[0] ?? {}).join(", ")})
          select ${Object.keys(rows[0] ?? {}).join(", ")} from jsonb_populate_recordset(null::education_learning.${table}, ?::jsonb)`,
        [JSON.stringify(rows)],
      );
    await em.execute("savepoint world");
    await insert(
      "course",
      [0, 1].map((n) => ({
        id: idOf("course", n),
        code: `c-${n}`,
        title: "c",
        status: "LIVE",
        version: 1,
        source: "USER",
      })),
    );
    const row = (more: object) => ({ id: newUuid(), ...more, source: "USER" });
    if (memberships.length > 0)
      await insert(
        "membership",
        memberships.map(({ organisation, kind: of, person, roles, status, startsOn, lasts }) =>
          row({
            organisation_id: idOf("organisation", organisation),
            organisation_kind: of,
            person_id: idOf("person", person),
            roles,
            status,
            starts_on: startsOn,
            ends_on: end(startsOn, lasts),
          }),
        ),
      );
    for (const { role: of, kind: at, course, everyMonths, startsOn, lasts } of requirements) {
      const profile = { role: of, organisation_kind: at, course_id: idOf("course", course), every_months: everyMonths };
      await insert("requirement_profile", [
        row({ ...profile, starts_on: startsOn, retired_from: end(startsOn, lasts) }),
      ]);
    }
    for (const one of completions) {
      const { countedFrom, expiresOn } = expiry(one);
      const revokedOn = one.revokedAfter === null ? null : addDays(one.completedOn, one.revokedAfter);
      const what = { person_id: idOf("person", one.person), course_id: idOf("course", one.course), course_version: 1 };
      const dates = { completed_on: one.completedOn, expires_on: expiresOn, valid_months: one.validMonths };
      const revoked = { revoked_on: revokedOn, revocation_reason: revokedOn && "x", counted_from: countedFrom };
      await insert("completion", [row({ ...what, ...dates, ...revoked })]);
    }
    const rows = await em.execute<Record<string, unknown>[]>(
      "select * from education_learning.compliance_of(array[?, ?]::uuid[], ?::date, ?::integer)",
      [idOf("organisation", 0), idOf("organisation", 1), asOf, dueDays],
    );
    await em.execute("rollback to savepoint world");
    const line = ({ organisation_id, course_id, required, valid, due, expired, missing }: Record<string, unknown>) =>
      [organisation_id, course_id, required, valid, due, expired, missing].join(" ");
    return rows.map(line).sort();
  });
}

it("the database counts what the rules say, whatever memberships, requirements and certificates there are", async () => {
  const apart = ({ requirements }: World): boolean =>
    new Set(requirements.map(({ role: of, kind: at, course }) => `${of} ${at} ${course}`)).size === requirements.length;
  await fc.assert(
    fc.asyncProperty(worlds.filter(apart), async (world) => {
      for (const each of [world, atAnEdge(world)]) expect(await byTheDatabase(each)).toEqual(byTheRules(each));
    }),
    { numRuns: process.env["TEST_LONG"] === "1" ? 3_000 : 150 },
  );
});
