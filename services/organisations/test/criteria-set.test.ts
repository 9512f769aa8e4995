import { newGlobalId, newUuid } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { clientViewer, personViewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { demonstrationSetId } from "../src/criteria-set/demonstration-criteria.ts";
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

const assessor = personViewer({
  personId: seedId("Person", "demo-person-2"),
  organisationId: seedId("Organisation", "CLIC"),
  roles: ["OPERATIONS_GROUP"],
});
const part = `__typename ... on CriteriaSet { id version title status moderationAbove copyOf { version } liveAt retiredAt criteria { id code title guidance weight scaleFrom scaleTo } } ... on UserError { code message }`;
const refused = "... on CriteriaSetStatusRefused { status }";
const particulars: Record<string, string> = {
  reviseCriteriaSet: refused,
  makeCriteriaSetLive: `${refused} ... on WeightsNot100 { total }`,
  retireCriteriaSet: refused,
};
async function act(name: string, input: object, viewer: Viewer = office()): Promise<any> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await world.ask(
    viewer,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${part} ${particulars[name] ?? ""} } }`,
    { input },
  );
  return errors ? { errorCode: errors[0]?.extensions.code } : data[name];
}
const criterion = (code: string, weight: number) => ({ code, title: "How many?", weight, scaleFrom: 0, scaleTo: 5 });
const content = { title: "Criteria", moderationAbove: 20, criteria: [criterion("a", 60), criterion("b", 40)] };
const draft = (more: object = {}) => act("draftCriteriaSet", { ...content, ...more });
const liveVersion = async (): Promise<number | null> =>
  (await world.ask(office(), "{ liveCriteriaSet { version } }")).data.liveCriteriaSet?.version ?? null;

describe("a set of criteria", () => {
  it("is drafted as the next version, and revised while it is a draft, by the codes of its criteria", async () => {
    const first = await draft();
    expect(first).toMatchObject({ status: "DRAFT", moderationAbove: 20, copyOf: null, liveAt: null });
    expect((await draft()).version).toBe(first.version + 1);
    const revised = await act("reviseCriteriaSet", {
      criteriaSetId: first.id,
      title: "Revised",
      moderationAbove: 15,
      criteria: [criterion("c", 70), { ...criterion("a", 30), guidance: "Count them." }],
    });
    expect(revised).toMatchObject({ title: "Revised", moderationAbove: 15, version: first.version });
    expect(revised.criteria.map(({ code, weight }: any) => [code, weight])).toEqual([
      ["c", 70],
      ["a", 30],
    ]);
    expect(revised.criteria[1]).toMatchObject({ id: first.criteria[0].id, guidance: "Count them." });
  });

  it("is drafted once for one idempotency key, and numbered without a gap by many who draft at once", async () => {
    const again = await Promise.all([draft({ idempotencyKey: "k" }), draft({ idempotencyKey: "k" })]);
    expect(again[0].id).toBe(again[1].id);
    const copies = await Promise.all(
      [1, 2].map(() => act("copyCriteriaSet", { criteriaSetId: again[0].id, idempotencyKey: "c" })),
    );
    expect(copies[0].id).toBe(copies[1].id);
    const many = await Promise.all(Array.from({ length: 10 }, () => draft()));
    const versions = many.map(({ version }) => version as number).toSorted((one, other) => one - other);
    expect(versions).toEqual(Array.from({ length: 10 }, (_, index) => copies[0].version + 1 + index));
  });

  it("goes live with weights that total 100, and retires the one before; sent again it changes nothing", async () => {
    const short = await draft({ criteria: [criterion("a", 60)] });
    expect(await act("makeCriteriaSetLive", { criteriaSetId: short.id })).toMatchObject({
      code: "WEIGHTS_NOT_100",
      total: 60,
    });
    expect(await act("makeCriteriaSetLive", { criteriaSetId: (await draft({ criteria: [] })).id })).toMatchObject({
      code: "WEIGHTS_NOT_100",
      total: 0,
    });
    const before = await liveVersion();
    const set = await draft();
    const live = await act("makeCriteriaSetLive", { criteriaSetId: set.id });
    expect(live).toMatchObject({ status: "LIVE", liveAt: expect.any(String) });
    expect(await act("makeCriteriaSetLive", { criteriaSetId: set.id })).toEqual(live);
    const { data } = await world.ask(
      analyst(),
      "query ($v: Int) { criteriaSets(where: { version: { eq: $v } }) { nodes { status retiredAt } } }",
      { v: before },
    );
    expect(data.criteriaSets.nodes).toEqual([{ status: "RETIRED", retiredAt: expect.any(String) }]);
    expect((await act("makeCriteriaSetLive", { criteriaSetId: demonstrationSetId })).code).toBe(
      "CRITERIA_SET_STATUS_REFUSED",
    );
  });

  it("stays as it is from when it goes live, and changes as a copy", async () => {
    const set = await draft();
    await act("makeCriteriaSetLive", { criteriaSetId: set.id });
    const revising = { ...content, criteriaSetId: set.id, title: "Other" };
    expect(await act("reviseCriteriaSet", revising)).toMatchObject({
      code: "CRITERIA_SET_STATUS_REFUSED",
      status: "LIVE",
    });
    const copy = await act("copyCriteriaSet", { criteriaSetId: set.id });
    expect(copy).toMatchObject({ status: "DRAFT", title: set.title, copyOf: { version: set.version } });
    expect(copy.criteria.map(({ code, weight }: any) => [code, weight])).toEqual([
      ["a", 60],
      ["b", 40],
    ]);
    expect((await act("reviseCriteriaSet", { ...revising, criteriaSetId: copy.id })).title).toBe("Other");
    expect((await act("retireCriteriaSet", { criteriaSetId: copy.id })).status).toBe("DRAFT");
    const retired = await act("retireCriteriaSet", { criteriaSetId: set.id });
    expect(retired.status).toBe("RETIRED");
    expect(await act("retireCriteriaSet", { criteriaSetId: set.id })).toEqual(retired);
    expect(await liveVersion()).toBeNull();
    expect((await act("reviseCriteriaSet", revising)).status).toBe("RETIRED");
  });

  it("goes live alone, however many are made live at once", async () => {
    const drafts = await Promise.all(Array.from({ length: 8 }, () => draft()));
    const answers = await Promise.all(drafts.map(({ id }) => act("makeCriteriaSetLive", { criteriaSetId: id })));
    for (const { __typename, code } of answers)
      expect(code ?? __typename).toMatch(/^(CriteriaSet|ANOTHER_SET_WENT_LIVE)$/);
    expect(answers.some(({ __typename }) => __typename === "CriteriaSet")).toBe(true);
    expect(await liveVersion()).not.toBeNull();
    const { rows } = await superuser.query("select count(*)::int as live from criteria_set where status = 'LIVE'");
    expect(rows).toEqual([{ live: 1 }]);
  });

  it("is the office's, and seen by everybody who has signed in once it is no draft", async () => {
    const set = await draft();
    for (const viewer of [anonymous, member(), lead(), analyst(), assessor])
      for (const [name, input] of [
        ["draftCriteriaSet", content],
        ["copyCriteriaSet", { criteriaSetId: set.id }],
        ["reviseCriteriaSet", { ...content, criteriaSetId: set.id }],
        ["makeCriteriaSetLive", { criteriaSetId: set.id }],
        ["retireCriteriaSet", { criteriaSetId: set.id }],
      ] as const)
        expect((await act(name, input, viewer)).code).toBe("NOT_ALLOWED");
    const sees = async (viewer: Viewer, id: string) =>
      (await world.ask(viewer, "query ($id: ID!) { criteriaSet(id: $id) { criteria { code } } }", { id })).data
        .criteriaSet?.criteria.length ?? 0;
    const machine = clientViewer({ clientId: "c", scopes: ["analysis:read"] });
    for (const viewer of [member(), lead(), analyst(), assessor, machine])
      expect(await sees(viewer, demonstrationSetId)).toBe(4);
    for (const viewer of [office(), assessor]) expect(await sees(viewer, set.id)).toBe(2);
    for (const viewer of [member(), lead(), analyst(), machine]) expect(await sees(viewer, set.id)).toBe(0);
    expect(await sees(anonymous, demonstrationSetId)).toBe(0);
    for (const name of ["copyCriteriaSet", "makeCriteriaSetLive", "retireCriteriaSet"])
      expect((await act(name, { criteriaSetId: newGlobalId("CriteriaSet") })).code).toBe("NOT_FOUND");
    expect((await draft({ title: " " })).code).toBe("INVALID_INPUT");
  });
});

describe("a set of criteria, with the service's own rules removed", () => {
  const attempt = (viewer: Viewer, text: string, params: readonly unknown[] = []): Promise<object[]> =>
    transact(world.orm.em, viewer, new Date(), ({ em }) => em.execute(text, [...params]));

  it("stays as it was once it was live, whoever writes", async () => {
    const set = await draft();
    await act("makeCriteriaSetLive", { criteriaSetId: set.id });
    for (const [text, id] of [
      ["update criteria_set set title = 'x' where id = ?", set.id],
      ["update criteria_set set moderation_above = 1 where id = ?", set.id],
      ["update criteria_set set status = 'DRAFT', live_at = null where id = ?", set.id],
      ["update criteria_set set status = 'LIVE', retired_at = null where id = ?", demonstrationSetId],
      ["update criterion set weight = 1 where id = ?", set.criteria[0].id],
      ["delete from criterion where id = ?", set.criteria[0].id],
    ] as const)
      await expect(attempt(office(), text, [id.slice(4)])).rejects.toMatchObject({ constraint: "criteria_set_stays" });
    const add =
      "insert into criterion (id, criteria_set_id, code, title, weight, scale_from, scale_to, place) values (?, ?, 'z', 't', 1, 0, 5, 9)";
    await expect(attempt(office(), add, [newUuid(), set.id.slice(4)])).rejects.toMatchObject({
      constraint: "criteria_set_stays",
    });
    for (const text of [
      "update criteria_set set version = 9 where id = ?",
      "delete from criteria_set where id = ?",
      "update criterion set criteria_set_id = null where criteria_set_id = ?",
    ])
      await expect(attempt(office(), text, [set.id.slice(4)])).rejects.toMatchObject({ code: "42501" });
  });

  it("goes live with weights that total 100 alone, and alone", async () => {
    const live = "update criteria_set set status = 'LIVE', live_at = now() where id = ?";
    const short = await draft({ criteria: [criterion("a", 99)] });
    await expect(attempt(office(), live, [short.id.slice(4)])).rejects.toMatchObject({
      constraint: "criteria_weights_total_100",
    });
    await act("makeCriteriaSetLive", { criteriaSetId: (await draft()).id });
    await expect(attempt(office(), live, [(await draft()).id.slice(4)])).rejects.toMatchObject({
      constraint: "criteria_set_one_live",
    });
    const bare = "insert into criteria_set (id, title, moderation_above) values (?, 't', 1)";
    for (const viewer of [member(), analyst(), assessor, anonymous])
      await expect(attempt(viewer, bare, [newUuid()])).rejects.toMatchObject({ code: "42501" });
  });

  it("is two at a time with the guard off, so that it is the guard that keeps it alone", async () => {
    const definitionOf = await superuser.query(
      "select pg_get_indexdef('organisations.criteria_set_one_live'::regclass)",
    );
    await superuser.query("drop index criteria_set_one_live");
    try {
      for (const one of [await draft(), await draft()])
        await attempt(office(), "update criteria_set set status = 'LIVE', live_at = now() where id = ?", [
          one.id.slice(4),
        ]);
      const { rows } = await superuser.query("select count(*)::int as live from criteria_set where status = 'LIVE'");
      expect(rows[0].live).toBeGreaterThan(1);
    } finally {
      await superuser.query("update criteria_set set status = 'RETIRED', retired_at = now() where status = 'LIVE'");
      await superuser.query(definitionOf.rows[0].pg_get_indexdef);
    }
  });
});
