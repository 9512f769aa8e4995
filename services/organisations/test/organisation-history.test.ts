import { organisationsChanged } from "@clic/bus";
import { newGlobalId } from "@clic/global-id";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { subgraph as definition } from "../src/schema.ts";

let subgraph: TestSubgraph;
let superuser: Client;
beforeAll(async () => {
  subgraph = await startTestSubgraph(definition);
  superuser = new Client(subgraph.database.url);
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await subgraph.stop();
});

/** Does it as the system, on the day given. */
const on = (day: string, text: string, params: readonly unknown[] = []): Promise<unknown> =>
  subgraph.arrange(async ({ em }) => {
    await em.execute("select set_config('app.as_at', ?, true)", [day]);
    return await em.execute(text, [...params]);
  });
const bare = (id: string): string => id.slice(4);
async function add(day: string, values: Record<string, unknown>): Promise<string> {
  const id = newGlobalId("Organisation");
  const all: Record<string, unknown> = { id: bare(id), source: "USER", status: "ACTIVE", name: "One", ...values };
  const names = Object.keys(all);
  await on(
    day,
    `insert into organisation (${names.join(", ")}) values (${names.map(() => "?").join(", ")})`,
    Object.values(all),
  );
  return id;
}
const change = (id: string, day: string, text: string, ...params: unknown[]): Promise<unknown> =>
  on(day, `update organisation set ${text} where id = ?`, [...params, bare(id)]);

const seen = `name status parent { name parent { name } } succeededBy { name }`;
async function was(id: string, ...days: string[]): Promise<Record<string, unknown>> {
  const asked = days.map((day, index) => `d${index}: asOf(date: "${day}") { ${seen} }`).join(" ");
  const { data, errors } = await subgraph.ask(anonymous, `query ($id: ID!) { organisation(id: $id) { ${asked} } }`, {
    id,
  });
  expect(errors).toBeUndefined();
  return Object.fromEntries(days.map((day, index) => [day, short(data.organisation[`d${index}`])]));
}
function short(version: { name: string; status: string; parent: { name: string } | null } | null): string | null {
  return version && `${version.name} ${version.status}${version.parent ? ` of ${version.parent.name}` : ""}`;
}

describe("an organisation on a day", () => {
  it("began, joined its parent, left it and ended on the days that its row says, though all was entered at once", async () => {
    const parent = await add("2020-01-01", { name: "Above" });
    const id = await add("2026-01-01", {
      status: "INACTIVE",
      valid_from: "1974-04-01",
      valid_to: "2013-03-31",
      parent_id: bare(parent),
      parent_from: "2002-04-01",
      parent_to: "2010-03-31",
    });
    expect(
      await was(
        id,
        "1974-03-31",
        "1974-04-01",
        "2002-03-31",
        "2002-04-01",
        "2010-03-31",
        "2010-04-01",
        "2013-03-31",
        "2013-04-01",
        "2030-01-01",
      ),
    ).toEqual({
      "1974-03-31": null,
      "1974-04-01": "One ACTIVE",
      "2002-03-31": "One ACTIVE",
      "2002-04-01": "One ACTIVE of Above",
      "2010-03-31": "One ACTIVE of Above",
      "2010-04-01": "One ACTIVE",
      "2013-03-31": "One ACTIVE",
      "2013-04-01": "One INACTIVE",
      "2030-01-01": "One INACTIVE",
    });
  });

  it("has the name that it had then, and its parent the name that the parent had then", async () => {
    const parent = await add("2020-01-01", { name: "Above" });
    const id = await add("2020-01-01", { valid_from: "2000-01-01", parent_id: bare(parent) });
    await change(parent, "2021-06-01", "name = 'Above, renamed'");
    await change(id, "2022-06-01", "name = 'Two'");
    expect(await was(id, "2021-05-31", "2021-06-01", "2022-05-31", "2022-06-01")).toEqual({
      "2021-05-31": "One ACTIVE of Above",
      "2021-06-01": "One ACTIVE of Above, renamed",
      "2022-05-31": "One ACTIVE of Above, renamed",
      "2022-06-01": "Two ACTIVE of Above, renamed",
    });
  });

  it("ended when it ended, though that was entered later and behind a change of name", async () => {
    const id = await add("2020-01-01", { valid_from: "2000-01-01" });
    await change(id, "2024-03-01", "name = 'Two'");
    await change(id, "2024-06-01", "status = 'INACTIVE', valid_to = '2024-01-31'");
    expect(await was(id, "2024-01-31", "2024-02-01", "2024-03-01", "2024-12-01")).toEqual({
      "2024-01-31": "One ACTIVE",
      "2024-02-01": "One INACTIVE",
      "2024-03-01": "Two INACTIVE",
      "2024-12-01": "Two INACTIVE",
    });
    await change(id, "2024-07-01", "valid_to = '2024-04-30'");
    expect(await was(id, "2024-02-01", "2024-04-30", "2024-05-01")).toEqual({
      "2024-02-01": "One ACTIVE",
      "2024-04-30": "Two ACTIVE",
      "2024-05-01": "Two INACTIVE",
    });
    await change(id, "2024-09-01", "status = 'ACTIVE', valid_to = null");
    expect(await was(id, "2024-04-30", "2024-05-01", "2024-08-31", "2024-09-01")).toEqual({
      "2024-04-30": "Two ACTIVE",
      "2024-05-01": "Two INACTIVE",
      "2024-08-31": "Two INACTIVE",
      "2024-09-01": "Two ACTIVE",
    });
  });

  it("was put forward before it began", async () => {
    const id = await add("2026-01-01", { status: "PROPOSED", valid_from: "2026-04-01" });
    await change(id, "2026-05-01", "status = 'ACTIVE'");
    expect(await was(id, "2025-12-31", "2026-03-31", "2026-04-01", "2026-05-01")).toEqual({
      "2025-12-31": null,
      "2026-03-31": "One PROPOSED",
      "2026-04-01": "One ACTIVE",
      "2026-05-01": "One ACTIVE",
    });
  });

  it("moves from one parent to the next, and a corrected day of joining moves with it", async () => {
    const [first, second] = [await add("2020-01-01", { name: "First" }), await add("2020-01-01", { name: "Second" })];
    const id = await add("2020-01-01", { valid_from: "2000-01-01", parent_id: bare(first), parent_from: "2005-01-01" });
    await change(id, "2024-01-01", "parent_id = ?, parent_from = '2023-04-01'", bare(second));
    expect(await was(id, "2004-12-31", "2005-01-01", "2023-03-31", "2023-04-01")).toEqual({
      "2004-12-31": "One ACTIVE",
      "2005-01-01": "One ACTIVE of First",
      "2023-03-31": "One ACTIVE of First",
      "2023-04-01": "One ACTIVE of Second",
    });
    await change(id, "2024-02-01", "parent_from = '2023-07-01'");
    expect(await was(id, "2023-03-31", "2023-04-01", "2023-07-01")).toEqual({
      "2023-03-31": "One ACTIVE of First",
      "2023-04-01": "One ACTIVE",
      "2023-07-01": "One ACTIVE of Second",
    });
  });

  it("began when a correction says that it began", async () => {
    const id = await add("2020-01-01", { valid_from: "2000-01-01" });
    await change(id, "2024-01-01", "valid_from = '2004-01-01'");
    expect(await was(id, "2000-01-01", "2003-12-31", "2004-01-01")).toEqual({
      "2000-01-01": null,
      "2003-12-31": null,
      "2004-01-01": "One ACTIVE",
    });
    await change(id, "2024-02-01", "valid_from = '1998-01-01'");
    expect(await was(id, "1997-12-31", "1998-01-01", "2024-03-01")).toEqual({
      "1997-12-31": null,
      "1998-01-01": "One ACTIVE",
      "2024-03-01": "One ACTIVE",
    });
  });

  it("keeps all that was ever recorded, and gives each day one version at most", async () => {
    const id = await add("2020-01-01", { valid_from: "2000-01-01" });
    for (const [index, text] of [
      "name = 'B'",
      "status = 'INACTIVE', valid_to = '2021-01-31'",
      "name = 'C', valid_from = '1999-01-01'",
      "status = 'ACTIVE', valid_to = null",
      "valid_from = '2003-01-01'",
    ].entries())
      await change(id, `2022-0${index + 1}-01`, text);
    const { data } = await subgraph.ask(
      anonymous,
      `query ($id: ID!) { organisation(id: $id) { history(first: 100) { totalCount nodes { number fromDay toDay name } } } }`,
      { id },
    );
    const { nodes } = data.organisation.history as { nodes: { number: number }[] };
    expect(nodes.map(({ number }) => number)).toEqual(nodes.map((_, index) => index + 1));
    const { rows } = await superuser.query(
      `select a.number, b.number from organisations.organisation_version a join organisations.organisation_version b
        on a.organisation_id = b.organisation_id and a.number < b.number
        where daterange(a.from_day, greatest(a.to_day, a.from_day)) && daterange(b.from_day, greatest(b.to_day, b.from_day))`,
    );
    expect(rows).toEqual([]);
  });

  it("leaves no version where nothing changed", async () => {
    const id = await add("2020-01-01", {});
    await change(id, "2021-01-01", "name = name, source = 'USER', reported_status = 'x'");
    const { data } = await subgraph.ask(
      anonymous,
      `query ($id: ID!) { organisation(id: $id) { history { totalCount } } }`,
      { id },
    );
    expect(data.organisation.history.totalCount).toBe(1);
  });

  it("is written by nobody but PostgreSQL itself", async () => {
    for (const text of [
      "delete from organisation_version",
      "update organisation_version set name = 'x'",
      "insert into organisation_version (organisation_id, number, name, name_folded) values (gen_random_uuid(), 1, 'x', 'x')",
    ])
      await expect(on("2026-01-01", text)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("the directory on a day", () => {
  it("lists, filters, orders and counts what there was, for anybody", async () => {
    const parent = await add("2020-01-01", { name: "Day region" });
    await add("2026-01-01", { name: "Day A", valid_from: "2001-01-01", parent_id: bare(parent) });
    await add("2026-01-01", { name: "Day B", valid_from: "1990-01-01", valid_to: "2000-12-31", status: "INACTIVE" });
    const query = `query ($date: Date) { organisationsAsOf(date: $date, where: { name: { startsWith: "Day " } }, orderBy: [{ field: NAME, direction: DESC }]) {
      totalCount nodes { name status parent { name } } aggregate { count } } }`;
    const at = async (date: string | null) =>
      (await subgraph.ask(anonymous, query, { ...(date && { date }) })).data.organisationsAsOf;
    expect(await at("1995-01-01")).toMatchObject({
      totalCount: 2,
      nodes: [{ name: "Day region" }, { name: "Day B", status: "ACTIVE" }],
    });
    expect(await at(null)).toMatchObject({
      totalCount: 3,
      nodes: [
        { name: "Day region" },
        { name: "Day B", status: "INACTIVE" },
        { name: "Day A", parent: { name: "Day region" } },
      ],
    });
    const bad = await subgraph.ask(anonymous, `{ organisationAsOf(date: "2020-01-01") { name } }`);
    expect(bad.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("succession", () => {
  const record = `mutation ($input: RecordSuccessionInput!) { recordSuccession(input: $input) { __typename
    ... on Organisation { status validTo succeededOn succeededBy { name } } ... on UserError { code } } }`;
  const succeed = async (organisationId: string, successorId: string, day: string, viewer = office()) =>
    (await subgraph.ask(viewer, record, { input: { organisationId, successorId, on: day } })).data?.recordSuccession;

  it("is followed to whoever has the place on the day, and back to those who had it before", async () => {
    const ids = [
      await add("2020-01-01", { name: "PCT", valid_from: "2002-01-01", ods_code: "SUC01" }),
      await add("2020-01-01", { name: "CCG", valid_from: "2013-04-01" }),
      await add("2020-01-01", { name: "ICB", valid_from: "2022-07-01" }),
    ] as const;
    expect(await succeed(ids[0], ids[1], "2013-04-01")).toEqual({
      __typename: "Organisation",
      status: "INACTIVE",
      validTo: "2013-03-31",
      succeededOn: "2013-04-01",
      succeededBy: { name: "CCG" },
    });
    await succeed(ids[1], ids[2], "2022-07-01");
    const { data } = await subgraph.ask(
      anonymous,
      `{ organisation(odsCode: "SUC01") { successors { name } a: inPlaceOn(date: "2012-01-01") { name } b: inPlaceOn(date: "2013-04-01") { name }
          c: inPlaceOn(date: "2023-01-01") { name status } z: inPlaceOn(date: "2001-01-01") { name } asOf(date: "2012-01-01") { succeededBy { name } }
          successors { predecessors { nodes { name } } } }
        organisationAsOf(odsCode: "SUC01", date: "2013-04-01") { name status succeededBy { name } } }`,
    );
    expect(data).toEqual({
      organisation: {
        successors: [
          { name: "CCG", predecessors: { nodes: [{ name: "PCT" }] } },
          { name: "ICB", predecessors: { nodes: [{ name: "CCG" }] } },
        ],
        a: { name: "PCT" },
        b: { name: "CCG" },
        c: { name: "ICB", status: "ACTIVE" },
        z: null,
        asOf: { succeededBy: null },
      },
      organisationAsOf: { name: "PCT", status: "INACTIVE", succeededBy: { name: "CCG" } },
    });
  });

  it("is the office's, once, with a day that fits, and never in a circle", async () => {
    const [a, b, c] = [
      await add("2020-01-01", { name: "a" }),
      await add("2020-01-01", { name: "b" }),
      await add("2020-01-01", { valid_to: "2025-01-01", status: "INACTIVE" }),
    ];
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect((await succeed(a, b, "2024-01-01", viewer)).code).toBe("NOT_ALLOWED");
    expect((await succeed(a, newGlobalId("Organisation"), "2024-01-01")).code).toBe("NOT_FOUND");
    expect((await succeed(a, a, "2024-01-01")).code).toBe("SUCCESSION_REFUSED");
    expect((await succeed(c, b, "2024-01-01")).code).toBe("SUCCESSION_REFUSED");
    expect((await succeed(a, b, "2024-01-01")).__typename).toBe("Organisation");
    expect((await succeed(a, b, "2024-01-01")).__typename).toBe("Organisation");
    expect((await succeed(a, c, "2024-01-01")).code).toBe("SUCCESSION_REFUSED");
    expect((await succeed(b, a, "2025-01-01")).code).toBe("SUCCESSION_REFUSED");
    await expect(
      on("2026-01-01", "update organisation set succeeded_by_id = ? where id = ?", [bare(a), bare(b)]),
    ).rejects.toMatchObject({
      constraint: "organisation_no_succession_cycle",
    });
  });

  it("keeps two successions from closing a circle together", async () => {
    const ids = await Promise.all([0, 1, 2].map((n) => add("2020-01-01", { name: `circle ${n}` })));
    const set = (n: number) =>
      on("2026-01-01", "update organisation set succeeded_by_id = ? where id = ?", [
        bare(ids[(n + 1) % 3] as string),
        bare(ids[n] as string),
      ]);
    const races = await Promise.allSettled([set(0), set(1), set(2)]);
    expect(races.filter(({ status }) => status === "rejected").length).toBeGreaterThanOrEqual(1);
  });
});

describe("the parents of organisations", () => {
  it("are no circle that comes in one statement, or that a later one closes", async () => {
    const [a, b] = [newGlobalId("Organisation"), newGlobalId("Organisation")].map(bare) as [string, string];
    const insert =
      "insert into organisation (id, name, status, source, parent_id) values (?, 'a', 'ACTIVE', 'USER', ?), (?, 'b', 'ACTIVE', 'USER', ?)";
    await expect(on("2026-01-01", insert, [a, b, b, a])).rejects.toMatchObject({ constraint: "organisation_no_cycle" });
    await on("2026-01-01", insert, [a, b, b, null]);
    await expect(on("2026-01-01", "update organisation set parent_id = ? where id = ?", [a, b])).rejects.toMatchObject({
      constraint: "organisation_no_cycle",
    });
  });
});

describe("what others are told", () => {
  it("is one fact a change, as its contract says", async () => {
    await superuser.query("delete from organisations.outbox");
    const { data } = await subgraph.ask(
      office(),
      `mutation { registerOrganisation(input: { name: "Told", kind: UNIT, odsCode: "TOLD1" }) { ... on Organisation { id } } }`,
    );
    const { id } = data.registerOrganisation as { id: string };
    await subgraph.ask(
      office(),
      `mutation ($id: ID!) { changeOrganisationStatus(input: { organisationId: $id, status: ACTIVE }) { __typename } }`,
      { id },
    );
    const { rows } = await superuser.query<{ type: string; data: unknown }>(
      "select type, data from organisations.outbox order by id",
    );
    expect(rows.map(({ type }) => type)).toEqual([organisationsChanged.type, organisationsChanged.type]);
    expect(rows.map((row) => organisationsChanged.data.parse(row.data).organisations[0])).toMatchObject([
      { organisationId: id, status: "PROPOSED", odsCode: "TOLD1" },
      { organisationId: id, status: "ACTIVE" },
    ]);
  });
});
