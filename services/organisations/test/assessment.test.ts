import { newGlobalId, newUuid } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { demonstrationCriteria, demonstrationSetId } from "../src/criteria-set/demonstration-criteria.ts";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";

let world: TestSubgraph;
let superuser: Client;
beforeAll(async () => {
  world = await startTestSubgraph(definition, [loadFounding, demonstrationLoad({ issuer: "http://127.0.0.1:4010" })]);
  superuser = new Client({ connectionString: world.database.url });
  await superuser.connect();
  await superuser.query("set search_path = organisations");
});
afterAll(async () => {
  await superuser.end();
  await world.stop();
});

const sql = (text: string, params: readonly unknown[] = []): Promise<any[]> =>
  world.arrange(({ em }) => em.execute(text, [...params]));
const somebody = (key: string, organisation = "CLIC", roles: readonly any[] = ["OPERATIONS_GROUP"]): Viewer =>
  personViewer({ personId: seedId("Person", key), organisationId: seedId("Organisation", organisation), roles });
const [first, second, third, fourth] = [
  somebody("demo-person-2"),
  somebody("demo-person-8"),
  somebody("demo-person-10"),
  somebody("demo-person-11"),
];
const sponsor = somebody("demo-person-3", "demo-council-1", ["ALLIANCE_LEADER"]);

const part = `__typename ... on SupportRequest { id status score moderationNeeded criteriaSet { version } outcome { id } } ... on UserError { code message }`;
const particulars: Record<string, string> = {
  acceptSupportRequest: "... on ModerationNeeded { differBy moderationAbove }",
  assessSupportRequest:
    "... on ModerationNeeded { differBy moderationAbove } ... on CriteriaMismatch { criteriaSetId }",
};
async function act(viewer: Viewer, name: string, input: object): Promise<any> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await world.ask(
    viewer,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${part} ${particulars[name] ?? ""} } }`,
    { input },
  );
  return errors ? { errorCode: errors[0]?.extensions.code } : data[name];
}
async function changeSet(name: string, criteriaSetId: string): Promise<any> {
  const changed = `mutation ($id: ID!) { ${name}(input: { criteriaSetId: $id }) { ... on CriteriaSet { id version criteria { id } } } }`;
  return (await world.ask(office(), changed, { id: criteriaSetId })).data[name];
}
const even = (value: number, criteria: readonly { readonly id: string }[] = demonstrationCriteria) =>
  criteria.map(({ id }) => ({ criterionId: id, value, rationale: "So it seems." }));
const assess = (viewer: Viewer, value: number, scores = even(value)) =>
  act(viewer, "assessSupportRequest", { supportRequestId: id, scores });
const moderate = (viewer: Viewer, score = 55, rationale = "The second overlooked the wards.") =>
  act(viewer, "moderateSupportRequest", { supportRequestId: id, score, rationale });
const accept = () =>
  act(office(), "acceptSupportRequest", {
    supportRequestId: id,
    workItemType: "Rpiw",
    strategy: "PRODUCTION_SYSTEM",
    priorityIds: [seedId("Priority", "demo-safe-care")],
  });

let id: string;
beforeEach(async () => {
  id = (await act(member(), "submitSupportRequest", { title: "Shorter waits", need: "They wait too long." })).id;
});

describe("assessing", () => {
  it("weighs a score for each criterion, each with its rationale, to points of 100", async () => {
    const scores = demonstrationCriteria.map((one, index) => ({
      criterionId: one.id,
      value: [5, 4, 2.5, 0][index] as number,
      rationale: `Because of ${one.code}.`,
    }));
    expect(await assess(first, 0, scores)).toMatchObject({ status: "SCOPING", criteriaSet: { version: 2 } });
    const { data } = await world.ask(
      office(),
      `query ($id: ID!) { supportRequest(id: $id) { assessments { id total criteriaSet { version } supportRequest { id } scores { id value rationale criterion { code } assessment { total } } } } }`,
      { id },
    );
    const [assessment] = data.supportRequest.assessments;
    // 30 × 5/5 + 30 × 4/5 + 25 × 2.5/5 + 15 × 0/5
    expect(assessment).toMatchObject({ total: 66.5, criteriaSet: { version: 2 }, supportRequest: { id } });
    expect(assessment.scores).toHaveLength(4);
    expect(assessment.scores).toContainEqual({
      id: expect.stringMatching(/^sco_/),
      value: 2.5,
      rationale: "Because of together.",
      criterion: { code: "together" },
      assessment: { total: 66.5 },
    });
  });

  it("gives analysts averages by criterion, and no rationales", async () => {
    const { data, errors } = await world.ask(
      analyst(),
      `{ scores(where: { source: { eq: DEMO } }, first: 1) { nodes { rationale value } groupBy(keys: [{ field: CRITERION_ID }]) { key { criterionId } count avg { value } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.scores.nodes[0].rationale).toBeNull();
    expect(data.scores.groupBy.map(({ count }: any) => count)).toEqual([13, 13, 13, 13]);
    for (const viewer of [anonymous, member(), lead(), sponsor])
      expect((await world.ask(viewer, "{ scores { totalCount } }")).data.scores.totalCount).toBe(0);
  });

  it("keeps the version of the first assessment, also for the second when another is live since", async () => {
    await assess(first, 4);
    const copy = await changeSet("copyCriteriaSet", demonstrationSetId);
    expect((await assess(second, 4, even(4, copy.criteria))).code).toBe("CRITERIA_MISMATCH");
    await changeSet("makeCriteriaSetLive", copy.id);
    expect(await assess(second, 4, even(4, copy.criteria))).toMatchObject({
      code: "CRITERIA_MISMATCH",
      criteriaSetId: demonstrationSetId,
    });
    expect(await assess(second, 4)).toMatchObject({ status: "ASSESSED", score: 80, criteriaSet: { version: 2 } });

    id = (await act(member(), "submitSupportRequest", { title: "Another", need: "Need" })).id;
    expect(await assess(first, 4)).toMatchObject({ code: "CRITERIA_MISMATCH", criteriaSetId: copy.id });
    await changeSet("retireCriteriaSet", copy.id);
    expect((await assess(first, 4, even(4, copy.criteria))).code).toBe("NO_LIVE_CRITERIA");
    const again = await changeSet("copyCriteriaSet", demonstrationSetId);
    await changeSet("makeCriteriaSetLive", again.id);
    current = again.criteria;
    expect((await assess(first, 4, even(4, current))).criteriaSet).toEqual({ version: again.version });
  });
});

/** The criteria of the live set: those of the demonstration until a test makes others live. */
let current: readonly { readonly id: string }[] = demonstrationCriteria;
const give = (viewer: Viewer, value: number) => assess(viewer, value, even(value, current));

describe("two who differ much", () => {
  it("leave a request to a third person, and it is neither assessed nor accepted before", async () => {
    await act(sponsor, "sponsorSupportRequest", { supportRequestId: id });
    await give(first, 5);
    expect(await give(second, 3)).toMatchObject({ status: "SCOPING", score: null, moderationNeeded: true });
    const needed = { code: "MODERATION_NEEDED", differBy: 40, moderationAbove: 30 };
    expect(await accept()).toMatchObject(needed);
    expect(await give(third, 4)).toMatchObject(needed);
    const queue =
      "{ supportRequests(where: { moderationNeeded: { eq: true }, source: { eq: USER } }) { nodes { id } } }";
    expect((await world.ask(office(), queue)).data.supportRequests.nodes).toEqual([{ id }]);
    expect(await moderate(third)).toMatchObject({ status: "ASSESSED", score: 55, moderationNeeded: false });
    expect(await moderate(third)).toMatchObject({ status: "ASSESSED", score: 55 });
    expect((await moderate(third, 56)).code).toBe("SUPPORT_REQUEST_NOT_READY");
    expect((await moderate(fourth)).code).toBe("SUPPORT_REQUEST_NOT_READY");
    expect(await accept()).toMatchObject({ status: "ACCEPTED", outcome: { id: expect.any(String) } });
    const look = `query ($id: ID!) { supportRequest(id: $id) { moderation { score rationale moderator { displayName } } } }`;
    const seen = async (viewer: Viewer) => (await world.ask(viewer, look, { id })).data.supportRequest.moderation;
    expect(await seen(office())).toEqual({
      score: 55,
      rationale: "The second overlooked the wards.",
      moderator: { displayName: "Demonstration Person 10" },
    });
    expect(await seen(analyst())).toEqual({ score: 55, rationale: null, moderator: { displayName: null } });
    expect(await seen(member())).toBeNull();
  });

  it("may differ by as much as the criteria say, and no more", async () => {
    await give(first, 5);
    expect(await give(second, 3.5)).toMatchObject({ status: "ASSESSED", score: 85, moderationNeeded: false });
  });

  it("are moderated by neither of them, nor by anybody of the organisation that asks", async () => {
    await give(first, 5);
    await give(second, 1);
    for (const viewer of [first, second]) expect((await moderate(viewer)).code).toBe("ALREADY_ASSESSED");
    expect((await moderate(somebody("demo-person-9", "demo-practice-1"))).code).toBe("OWN_REQUEST");
    expect((await moderate(somebody("member"))).code).toBe("OWN_REQUEST");
    for (const viewer of [anonymous, member(), lead(), analyst(), sponsor])
      expect((await moderate(viewer)).code).toBe("NOT_ALLOWED");
    for (const [score, rationale] of [
      [101, "So"],
      [-1, "So"],
      [50, " "],
    ] as const)
      expect((await moderate(third, score, rationale)).code).toBe("INVALID_INPUT");
    await act(office(), "declineSupportRequest", { supportRequestId: id, reason: "No" });
    expect((await moderate(third)).code).toBe("SUPPORT_REQUEST_NOT_READY");
  });

  it("are moderated only where there are two, and they differ", async () => {
    expect((await moderate(third)).code).toBe("SUPPORT_REQUEST_NOT_READY");
    await give(first, 4);
    expect((await moderate(third)).code).toBe("SUPPORT_REQUEST_NOT_READY");
    await give(second, 4);
    expect((await moderate(third)).code).toBe("SUPPORT_REQUEST_NOT_READY");
  });

  it("are moderated once, by one of two who do it at once", async () => {
    await give(first, 5);
    await give(second, 1);
    const answers = await Promise.all([moderate(third, 40), moderate(fourth, 60)]);
    expect(answers.map(({ code, status }) => code ?? status).toSorted()).toEqual([
      "ASSESSED",
      "SUPPORT_REQUEST_NOT_READY",
    ]);
  });
});

describe("one's own request", () => {
  const own = "demo-practice-1";
  const secondment = async (personKey: string, homeKey: string, hostKey: string, starts: string, ends: string) => {
    await sql(
      `insert into secondment (id, person_id, home_id, host_id, starts_on, ends_on, source) values (?, ?, ?, ?, current_date + ?::int, current_date + ?::int, 'USER')`,
      [
        newUuid(),
        seedId("Person", personKey).slice(4),
        seedId("Organisation", homeKey).slice(4),
        seedId("Organisation", hostKey).slice(4),
        starts,
        ends,
      ],
    );
  };

  it("is judged by nobody who is seconded from or to the organisation that asks, while it lasts", async () => {
    await secondment("demo-person-13", "demo-trust-1", own, "-1", "30");
    await secondment("demo-person-14", own, "demo-trust-1", "-30", "1");
    await secondment("demo-person-15", own, "demo-trust-1", "-30", "-1");
    await secondment("demo-person-16", own, "demo-trust-1", "1", "30");
    for (const key of ["demo-person-13", "demo-person-14"]) {
      expect((await give(somebody(key), 4)).code).toBe("OWN_REQUEST");
      const past = transact(world.orm.em, somebody(key), new Date(), ({ em }) =>
        em.execute(
          "insert into support_request_assessment (id, support_request_id, assessor_id, criteria_set_id, total, assessed_at) values (?, ?, ?, ?, 100, now())",
          [newUuid(), id.slice(4), seedId("Person", key).slice(4), demonstrationSetId.slice(4)],
        ),
      );
      await expect(past).rejects.toMatchObject({ code: "42501" });
    }
    expect((await give(somebody("demo-person-15"), 5)).status).toBe("SCOPING");
    expect((await give(somebody("demo-person-16"), 1)).moderationNeeded).toBe(true);
    for (const key of ["demo-person-13", "demo-person-14"])
      expect((await moderate(somebody(key))).code).toBe("OWN_REQUEST");
  });
});

describe("an assessment, with the service's own rules removed", () => {
  type Em = Parameters<Parameters<TestSubgraph["arrange"]>[0]>[0]["em"];
  const attempt = (viewer: Viewer, work: (em: Em) => Promise<unknown>) =>
    transact(world.orm.em, viewer, new Date(), ({ em }) => work(em));
  const bare = (viewer: Viewer): string => viewer.personId?.slice(4) as string;
  const set = async (): Promise<string> =>
    (await sql("select id from criteria_set where status = 'LIVE'"))[0].id as string;
  /** Writes an assessment as it stands: with these scores, by criterion, and this total. */
  const write = async (em: Em, viewer: Viewer, values: readonly number[], total: number) => {
    const [assessmentId, setId] = [newUuid(), await set()];
    await em.execute("update support_request set criteria_set_id = ? where id = ?", [setId, id.slice(4)]);
    await em.execute(
      "insert into support_request_assessment (id, support_request_id, assessor_id, criteria_set_id, total, assessed_at) values (?, ?, ?, ?, ?, now())",
      [assessmentId, id.slice(4), bare(viewer), setId, total],
    );
    for (const [index, value] of values.entries())
      await em.execute(
        "insert into score (id, assessment_id, criteria_set_id, criterion_id, value, rationale, scored_at) values (?, ?, ?, ?, ?, 'r', now())",
        [newUuid(), assessmentId, setId, current[index]?.id.slice(4), value],
      );
  };

  it("is whole: every criterion, on its scale, weighed", async () => {
    for (const [values, total] of [
      [[4, 4, 4], 80],
      [[4, 4, 4, 6], 86],
      [[4, 4, 4, 4], 90],
      [[], 0],
    ] as const)
      await expect(attempt(first, (em) => write(em, first, values, total))).rejects.toMatchObject({
        constraint: "assessment_whole",
      });
    await attempt(first, (em) => write(em, first, [4, 4, 4, 4], 80));
  });

  it("is one's own, and stays as it was given", async () => {
    await expect(attempt(second, (em) => write(em, first, [4, 4, 4, 4], 80))).rejects.toMatchObject({ code: "42501" });
    await give(first, 4);
    for (const text of [
      "update score set value = 1",
      "delete from score",
      "delete from support_request_moderation",
      "update support_request_moderation set score = 1",
    ])
      await expect(attempt(office(), (em) => em.execute(text))).rejects.toMatchObject({ code: "42501" });
    for (const text of [
      "update support_request_assessment set total = 1 returning id",
      "delete from support_request_assessment returning id",
    ])
      expect(await attempt(office(), (em) => em.execute(text))).toEqual([]);
    const [{ id: assessmentId }] = await sql("select id from support_request_assessment where support_request_id = ?", [
      id.slice(4),
    ]);
    const more = attempt(second, (em) =>
      em.execute(
        "insert into score (id, assessment_id, criteria_set_id, criterion_id, value, rationale, scored_at) select gen_random_uuid(), ?, criteria_set_id, id, 1, 'r', now() from criterion where id = ?",
        [assessmentId, current[0]?.id.slice(4)],
      ),
    );
    await expect(more).rejects.toMatchObject({ code: "42501" });
  });

  it("makes a request ASSESSED by two, with their score, and moderated where they differ", async () => {
    const change = (text: string) =>
      attempt(office(), (em) => em.execute(`update support_request set ${text} where id = ?`, [id.slice(4)]));
    await give(first, 5);
    await expect(change("status = 'ASSESSED', score = 100")).rejects.toMatchObject({
      constraint: "support_request_assessed_by_two",
    });
    await expect(change("score = 100")).rejects.toMatchObject({ constraint: "support_request_score_kept" });
    await expect(change(`criteria_set_id = '${demonstrationSetId.slice(4)}'`)).rejects.toMatchObject({
      constraint: "support_request_keeps_criteria",
    });
    await give(second, 1);
    await expect(change("status = 'ASSESSED', score = 60, moderation_needed = false")).rejects.toMatchObject({
      constraint: "support_request_moderated",
    });
    await expect(change("status = 'ASSESSED', score = 60")).rejects.toMatchObject({
      constraint: "support_request_moderation_waits",
    });
    const moderation = (viewer: Viewer, as = viewer) =>
      attempt(viewer, (em) =>
        em.execute(
          "insert into support_request_moderation (support_request_id, moderator_id, score, rationale, moderated_at) values (?, ?, 50, 'r', now())",
          [id.slice(4), bare(as)],
        ),
      );
    for (const viewer of [first, second, somebody("member"), somebody("demo-person-9", "demo-practice-1"), member()])
      await expect(moderation(viewer)).rejects.toMatchObject({ code: "42501" });
    await expect(moderation(third, fourth)).rejects.toMatchObject({ code: "42501" });
    await moderation(third);
    await expect(change("status = 'ASSESSED', score = 60, moderation_needed = false")).rejects.toMatchObject({
      constraint: "support_request_score_kept",
    });
    await change("status = 'ASSESSED', score = 50, moderation_needed = false");
  });

  it("differs unmoderated with the guard off, so that it is the guard that waits for a moderator", async () => {
    await give(first, 5);
    await give(second, 1);
    const assessed = () =>
      sql("update support_request set status = 'ASSESSED', score = 60, moderation_needed = false where id = ?", [
        id.slice(4),
      ]);
    await expect(assessed()).rejects.toMatchObject({ constraint: "support_request_moderated" });
    await superuser.query("alter table support_request disable trigger keep_support_request");
    try {
      await assessed();
    } finally {
      await superuser.query("alter table support_request enable trigger keep_support_request");
    }
    expect(await sql("select status from support_request where id = ?", [id.slice(4)])).toEqual([
      { status: "ASSESSED" },
    ]);
  });

  it("is nobody's of a request that isn't there", async () => {
    id = newGlobalId("SupportRequest");
    expect((await give(first, 4)).code).toBe("NOT_FOUND");
    expect((await moderate(first)).code).toBe("NOT_FOUND");
  });
});
