import { newGlobalId, newUuid } from "@clic/global-id";
import { clientViewer, personViewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";

const issuer = "http://127.0.0.1:4010";
const loadDemonstration = demonstrationLoad({ issuer });
const gateway = clientViewer({ clientId: "gateway", scopes: ["account:resolve"] });
const secondee = personViewer({
  personId: seedId("Person", "secondee"),
  organisationId: seedId("Organisation", "CLIC"),
  roles: ["MEMBER", "FACILITATOR"],
});
let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await startTestSubgraph(definition, [loadFounding, loadDemonstration]);
});
afterAll(() => subgraph.stop());

const sql = (text: string, params: readonly unknown[] = []): Promise<any[]> =>
  subgraph.arrange(({ em }) => em.execute(text, [...params]));

describe("loading", () => {
  it("changes nothing the second time", async () => {
    const count = `select (select count(*) from organisation) as o, (select count(*) from person) as p, (select count(*) from membership) as m,
      (select count(*) from secondment) as s, (select count(*) from account) as a, (select count(*) from work_item) as w,
      (select count(*) from work_item_priority) as wp, (select count(*) from work_item_workstream) as ww,
      (select count(*) from work_item_status_change) as h, (select count(*) from support_request) as r, (select count(*) from support_request_assessment) as sa,
      (select count(*) from score) as sc, (select count(*) from support_request_moderation) as md, (select count(*) from criteria_set) as cs`;
    const before = await sql(count);
    await subgraph.arrange(loadFounding);
    await subgraph.arrange(loadDemonstration);
    expect(await sql(count)).toEqual(before);
    expect(before[0]).toMatchObject({ o: "32", w: "32", a: "7", s: "4", r: "9", sc: "52", md: "1", cs: "3" });
  });

  it("leaves unknown what the founding report does not state, and says where a row comes from", async () => {
    const { data } = await subgraph.ask(
      office(),
      `query ($ccg: ID!, $clic: ID!, $person: ID!, $admin: ID!) {
        ccg: organisation(id: $ccg) { odsCode status kind validFrom source }
        clic: organisation(id: $clic) { base }
        organisations(where: { parentId: { isNull: false } }) { nodes { name kind parent { name } } }
        person(id: $person) { displayName employer { name } memberships { nodes { status startsOn reportedStart } }
          secondments { from { name } to { name } startsOn endsOn reportedStart source } }
        admin: person(id: $admin) { displayName employer { name } secondments { id } }
      }`,
      {
        ccg: seedId("Organisation", "CCG"),
        clic: seedId("Organisation", "CLIC"),
        person: seedId("Person", "founding-person-3-1"),
        admin: seedId("Person", "founding-person-2"),
      },
    );
    expect(data.ccg).toEqual({ odsCode: null, status: null, kind: "CCG", validFrom: null, source: "FOUNDING" });
    expect(data.clic.base).toContain("temporary");
    expect(data.organisations.nodes).toEqual([
      expect.objectContaining({ kind: "UNIT", parent: { name: "Cumbria County Council" } }),
    ]);
    expect(data.person).toEqual({
      displayName: null,
      employer: { name: "CPFT" },
      memberships: { nodes: [{ status: null, startsOn: null, reportedStart: null }] },
      secondments: [
        {
          from: { name: "CPFT" },
          to: { name: "Cumbria Learning and Improvement Collaborative" },
          startsOn: null,
          endsOn: null,
          reportedStart: "2014-02",
          source: "FOUNDING",
        },
      ],
    });
    expect(data.admin).toEqual({ displayName: null, employer: null, secondments: [] });
  });
});

describe("the directory of organisations", () => {
  it("is open to anybody, by id and by ODS code", async () => {
    const { data } = await subgraph.ask(
      anonymous,
      `{ organisation(odsCode: "DEMO-P01") { __typename id name status } organisations(where: { status: { eq: ACTIVE } }, first: 100) { totalCount nodes { odsCode } } }`,
    );
    expect(data.organisation).toEqual({
      __typename: "Organisation",
      id: seedId("Organisation", "demo-practice-1"),
      name: "Demonstration Practice 1",
      status: "ACTIVE",
    });
    expect(data.organisations.totalCount).toBe(24);
  });

  it("wants exactly one of id and ODS code, and an id that is an organisation's", async () => {
    const asked = [
      `{ organisation { name } }`,
      `{ organisation(id: "org_x", odsCode: "DEMO-P01") { name } }`,
      `{ organisation(id: "${newGlobalId("Person")}") { name } }`,
      `{ organisation(id: "1' or true --") { name } }`,
    ];
    for (const query of asked) {
      const { errors, data } = await subgraph.ask(anonymous, query);
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
      expect(data).toEqual({ organisation: null });
    }
    const { data, errors } = await subgraph.ask(
      anonymous,
      `{ organisation(id: "${newGlobalId("Organisation")}") { name } }`,
    );
    expect({ data, errors }).toEqual({ data: { organisation: null }, errors: undefined });
  });

  it("costs a statement a field, whatever the number of organisations", async () => {
    const query = `query ($n: Int!) { organisations(first: $n, where: { source: { eq: DEMO } }) { nodes { name parent { name } units { nodes { name } } workItems { nodes { title leadOrganisation { name } } } memberships { nodes { person { displayName employer { name } } } } } } }`;
    const few = await subgraph.ask(office(), query, { n: 4 });
    const many = await subgraph.ask(office(), query, { n: 24 });
    expect(many.errors).toBeUndefined();
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBe(8);
  });
});

describe("registering an organisation", () => {
  const register = `mutation ($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) {
    __typename ... on Organisation { id name odsCode status source validFrom parent { name } } ... on UserError { code message } } }`;
  const ask = async (viewer: Parameters<TestSubgraph["ask"]>[0], input: object) =>
    (await subgraph.ask(viewer, register, { input })).data?.registerOrganisation;

  it("is the office's, and enters it as PROPOSED", async () => {
    const parentId = seedId("Organisation", "demo-trust-1");
    const made = await ask(office(), {
      name: " A new unit ",
      kind: "UNIT",
      odsCode: "ABC12",
      parentId,
      validFrom: "2026-04-01",
    });
    expect(made).toMatchObject({
      __typename: "Organisation",
      name: "A new unit",
      odsCode: "ABC12",
      status: "PROPOSED",
      source: "USER",
      validFrom: "2026-04-01",
      parent: { name: "Demonstration Trust 1" },
    });
    for (const viewer of [anonymous, member(), lead(), analyst(), secondee])
      expect((await ask(viewer, { name: "Mine", kind: "UNIT" })).code).toBe("NOT_ALLOWED");
  });

  it("gives a code once, under any number of callers", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => ask(office(), { name: "Racer", kind: "PROVIDER", odsCode: "RACE1" })),
    );
    const types = answers.map((answer) => answer.__typename);
    expect(types.filter((type) => type === "Organisation")).toHaveLength(1);
    expect(types.filter((type) => type === "OdsCodeTaken")).toHaveLength(11);
    expect(await sql("select count(*)::int as n from organisation where name = 'Racer'")).toEqual([{ n: 1 }]);
  });

  it("refuses what can't be an organisation", async () => {
    expect((await ask(office(), { name: " ", kind: "UNIT" })).code).toBe("INVALID_INPUT");
    expect((await ask(office(), { name: "x".repeat(201), kind: "UNIT" })).code).toBe("INVALID_INPUT");
    expect((await ask(office(), { name: "A", kind: "UNIT", odsCode: "DEMO-X1" })).code).toBe("INVALID_INPUT");
    expect((await ask(office(), { name: "A", kind: "UNIT", parentId: newGlobalId("Organisation") })).code).toBe(
      "NOT_FOUND",
    );
    const wrong = await subgraph.ask(office(), register, { input: { name: "A", kind: "UNIT", parentId: "nonsense" } });
    expect(wrong.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("changing an organisation's status", () => {
  const change = `mutation ($id: ID!, $status: OrganisationStatus!) { changeOrganisationStatus(input: { organisationId: $id, status: $status }) {
    __typename ... on Organisation { status source } ... on UserError { code } ... on OrganisationStatusRefused { allowed } } }`;

  it("follows the table of states, and makes a founding row somebody's own", async () => {
    const id = seedId("Organisation", "NICE");
    const to = async (status: string) =>
      (await subgraph.ask(office(), change, { id, status })).data.changeOrganisationStatus;
    expect(await to("ACTIVE")).toEqual({ __typename: "Organisation", status: "ACTIVE", source: "USER" });
    expect(await to("PROPOSED")).toEqual({
      __typename: "OrganisationStatusRefused",
      code: "ORGANISATION_STATUS_REFUSED",
      allowed: ["INACTIVE"],
    });
    expect(await to("INACTIVE")).toMatchObject({ status: "INACTIVE" });
  });

  it("is the office's, and needs an organisation", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst()]) {
      const { data } = await subgraph.ask(viewer, change, { id: seedId("Organisation", "CCG"), status: "ACTIVE" });
      expect(data.changeOrganisationStatus.code).toBe("NOT_ALLOWED");
    }
    const { data } = await subgraph.ask(office(), change, { id: newGlobalId("Organisation"), status: "ACTIVE" });
    expect(data.changeOrganisationStatus.code).toBe("NOT_FOUND");
  });
});

describe("what PostgreSQL itself holds of the directory", () => {
  const uuid = (key: string) => seedId("Organisation", key).slice(4);
  const move = (child: string, parent: string) =>
    sql("update organisation set parent_id = ? where id = ?", [uuid(parent), uuid(child)]);

  it("no cycle of parents, also when two moves race", async () => {
    await expect(sql("update organisation set parent_id = id where id = ?", [uuid("demo-trust-2")])).rejects.toThrow();
    await move("demo-practice-2", "demo-practice-1");
    await expect(move("demo-practice-1", "demo-practice-2")).rejects.toMatchObject({
      constraint: "organisation_no_cycle",
    });
    const races = await Promise.allSettled([
      move("demo-practice-5", "demo-practice-6"),
      move("demo-practice-6", "demo-practice-7"),
      move("demo-practice-7", "demo-practice-5"),
    ]);
    expect(races.filter((race) => race.status === "rejected").length).toBeGreaterThanOrEqual(1);
    await sql("update organisation set parent_id = null where source = 'DEMO'");
  });

  it("no deletion, no change of a code, no real code on a made-up row", async () => {
    await sql("delete from organisation");
    expect(await sql("select count(*)::int as n from organisation where source = 'DEMO'")).toEqual([{ n: 24 }]);
    await expect(sql("update organisation set ods_code = 'DEMO-ZZ' where ods_code = 'DEMO-P03'")).rejects.toMatchObject(
      { constraint: "organisation_keeps_ods_code" },
    );
    await expect(
      sql("insert into organisation (id, name, ods_code, status, source) values (?, 'x', 'ABC1', 'ACTIVE', 'DEMO')", [
        newUuid(),
      ]),
    ).rejects.toMatchObject({ constraint: "organisation_ods_code_form" });
    await expect(
      sql("insert into organisation (id, name, ods_code, status, source) values (?, 'x', 'abc', 'ACTIVE', 'USER')", [
        newUuid(),
      ]),
    ).rejects.toMatchObject({ constraint: "organisation_ods_code_form" });
  });

  it("no overlapping periods of one person and organisation, also when they race", async () => {
    const add = (from: string | null, to: string | null) =>
      sql(
        "insert into membership (id, organisation_id, person_id, status, starts_on, ends_on, source) values (?, ?, ?, 'ACTIVE', ?, ?, 'USER')",
        [newUuid(), uuid("demo-trust-2"), seedId("Person", "member").slice(4), from, to],
      );
    await add("2020-01-01", "2020-12-31");
    await add("2021-01-01", "2021-12-31");
    await expect(add("2020-12-31", "2021-01-01")).rejects.toMatchObject({ constraint: "membership_periods_apart" });
    await expect(add(null, null)).rejects.toMatchObject({ constraint: "membership_periods_apart" });
    const races = await Promise.allSettled(Array.from({ length: 6 }, () => add("2022-01-01", null)));
    expect(races.filter((race) => race.status === "fulfilled")).toHaveLength(1);
    await sql("update membership set status = 'LEFT' where organisation_id = ? and person_id = ?", [
      uuid("demo-trust-2"),
      seedId("Person", "member").slice(4),
    ]);
  });

  it("no secondment to one's own organisation, or that ends before it starts", async () => {
    const add = (home: string, host: string, from: string, to: string) =>
      sql(
        "insert into secondment (id, person_id, home_id, host_id, starts_on, ends_on, source) values (?, ?, ?, ?, ?, ?, 'USER')",
        [newUuid(), seedId("Person", "member").slice(4), uuid(home), uuid(host), from, to],
      );
    await expect(add("CCG", "CCG", "2026-01-01", "2026-02-01")).rejects.toMatchObject({
      constraint: "secondment_goes_elsewhere",
    });
    await expect(add("CCG", "CLIC", "2026-01-01", "2026-01-01")).rejects.toMatchObject({
      constraint: "secondment_ends_after_start",
    });
  });
});

describe("people", () => {
  it("me is the person who is signed in, and nobody for others", async () => {
    const query = `{ me { id displayName employer { name } secondments { to { name } endsOn } } }`;
    expect((await subgraph.ask(member(), query)).data.me).toEqual({
      id: seedId("Person", "member"),
      displayName: "Mary Member",
      employer: { name: "Demonstration Practice 1" },
      secondments: [],
    });
    expect((await subgraph.ask(secondee, query)).data.me).toMatchObject({
      employer: { name: "Demonstration Trust 1" },
      secondments: [{ to: { name: "Cumbria Learning and Improvement Collaborative" }, endsOn: "2027-12-31" }],
    });
    expect((await subgraph.ask(anonymous, query)).data.me).toBeNull();
  });

  it("are known to those concerned alone, and by name to fewer still", async () => {
    const seen = async (viewer: Parameters<TestSubgraph["ask"]>[0]) => {
      const { data } = await subgraph.ask(viewer, `{ people(first: 100) { nodes { id displayName } } }`);
      const nodes = data.people.nodes as { id: string; displayName: string | null }[];
      return { rows: nodes.length, names: nodes.filter((node) => node.displayName !== null).length };
    };
    expect(await seen(anonymous)).toEqual({ rows: 0, names: 0 });
    expect(await seen(member())).toEqual({ rows: 1, names: 1 });
    expect(await seen(analyst())).toEqual({ rows: 89, names: 1 });
    expect(await seen(office())).toEqual({ rows: 89, names: 85 });
    expect(await seen(secondee)).toEqual({ rows: 89, names: 1 });
    const ofLead = await seen(lead());
    expect(ofLead.rows).toBe(ofLead.names);
    expect(ofLead.rows).toBeGreaterThan(2);
  });

  it("can't be found by a name that the viewer may not read", async () => {
    const asked = [
      `{ people(where: { displayName: { startsWith: "M" } }) { totalCount } }`,
      `{ people(where: { not: { or: [{ displayName: { isNull: true } }] } }) { totalCount } }`,
      `{ people(orderBy: [{ field: DISPLAY_NAME }]) { nodes { id } } }`,
    ];
    for (const viewer of [analyst(), anonymous, member(), secondee])
      for (const query of asked)
        expect((await subgraph.ask(viewer, query)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    for (const viewer of [office(), lead()])
      for (const query of asked) expect((await subgraph.ask(viewer, query)).errors).toBeUndefined();
  });

  it("stay hidden by PostgreSQL when the service forgets to ask", async () => {
    const as = (viewer: Parameters<TestSubgraph["ask"]>[0]) =>
      subgraph.ask(
        viewer,
        `{ people(first: 100) { totalCount } organisations(first: 100) { nodes { memberships { totalCount } } } }`,
      );
    expect((await as(anonymous)).data.people.totalCount).toBe(0);
    const direct = await subgraph.orm.em
      .fork()
      .transactional((em) =>
        em.execute(
          "select (select count(*)::int from person) as p, (select count(*)::int from membership) as m, (select count(*)::int from account) as a, (select count(*)::int from secondment) as s, (select count(*)::int from support_request) as r, (select count(*)::int from outbox) as o",
        ),
      );
    expect(direct).toEqual([{ p: 0, m: 0, a: 0, s: 0, r: 0, o: 0 }]);
  });
});

describe("accounts", () => {
  it("are made up for an issuer on this machine alone", async () => {
    for (const elsewhere of ["https://sign-in.example", "http://127.0.0.1.example"]) {
      await subgraph.arrange(demonstrationLoad({ issuer: elsewhere }));
      expect((await account(gateway, "office", elsewhere)).data.account).toBeNull();
    }
  });

  const query = `query ($issuer: String!, $subject: String!) { account(issuer: $issuer, subject: $subject) { id kind personId clientId memberships { organisationId roles primary } } }`;
  const account = (viewer: Parameters<TestSubgraph["ask"]>[0], subject: string, from = issuer) =>
    subgraph.ask(viewer, query, { issuer: from, subject });

  it("resolve for the gateway, with the memberships in force, the primary one first", async () => {
    const { data } = await account(gateway, "secondee");
    expect(data.account).toMatchObject({
      kind: "PERSON",
      personId: seedId("Person", "secondee"),
      clientId: null,
      memberships: [
        { organisationId: seedId("Organisation", "demo-trust-1"), roles: ["MEMBER"], primary: true },
        { organisationId: seedId("Organisation", "CLIC"), roles: ["MEMBER", "FACILITATOR"], primary: false },
      ],
    });
    expect((await account(gateway, "clic-machine")).data.account).toMatchObject({
      kind: "CLIENT",
      clientId: "clic-machine",
      personId: null,
      memberships: [],
    });
    expect((await account(gateway, "member")).data.account.memberships).toHaveLength(1);
  });

  it("are null for an unknown subject or issuer", async () => {
    expect((await account(gateway, "nobody")).data).toEqual({ account: null });
    expect((await account(gateway, "member", "https://elsewhere.example")).data).toEqual({ account: null });
  });

  it("are withheld from everybody else", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst(), office()])
      expect((await account(viewer, "member")).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("belong to one person or client, once an issuer", async () => {
    await expect(
      sql(
        "insert into account (id, issuer, subject, kind, client_id, source) values (?, ?, 'member', 'CLIENT', 'x', 'USER')",
        [newUuid(), issuer],
      ),
    ).rejects.toMatchObject({ constraint: "account_issuer_subject_unique" });
    await expect(
      sql("insert into account (id, issuer, subject, kind, source) values (?, ?, 'x', 'PERSON', 'USER')", [
        newUuid(),
        issuer,
      ]),
    ).rejects.toMatchObject({ constraint: "account_is_somebodys" });
  });
});
