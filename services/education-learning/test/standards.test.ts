import { newGlobalId, newUuid } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
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

const practice = seedId("Organisation", "demo-practice-1");
const trust = seedId("Organisation", "demo-trust-1");
const onStandard = "... on Standard { id reference version title source }";
const onAdoption =
  "... on StandardAdoption { id status assessedVersion assessedOn reason gap actions organisation { id } }";
const call = async (viewer: Viewer, mutation: string, input: object): Promise<any> => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const selection = mutation === "assessAdoption" ? onAdoption : onStandard;
  const text = `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { __typename ... on UserError { code message } ${selection} } }`;
  const { data, errors } = await service.ask(viewer, text, { input });
  expect(errors).toBeUndefined();
  return data.result;
};
let made = 0;
const publish = (input: object = {}): Promise<any> =>
  call(office(), "publishStandard", { reference: `TEST-${++made}`, version: "1", title: "Made for a test", ...input });
const statusOf = async (standardId: string): Promise<string[]> =>
  (
    await service.ask(
      anonymous,
      "query ($id: ID!) { standard(id: $id) { adoptions(first: 100) { nodes { status } } } }",
      { id: standardId },
    )
  ).data.standard.adoptions.nodes.map(({ status }: { status: string }) => status);

describe("standards", () => {
  it("are the demonstration's alone, which their references say; once, however often they are loaded", async () => {
    const { data } = await service.ask(
      anonymous,
      "{ standards(first: 100) { totalCount nodes { reference source } } }",
    );
    expect(data.standards.totalCount).toBe(5);
    for (const { reference, source } of data.standards.nodes) {
      expect(reference).toMatch(/^DEMO-/);
      expect(source).toBe("DEMO");
    }
  });

  it("are found by id or reference, by exactly one of them", async () => {
    const { data } = await service.ask(
      anonymous,
      `{ standard(reference: "DEMO-1") { id version publisher versions { nodes { version } } } }`,
    );
    expect(data.standard).toEqual({
      id: seedId("Standard", "demo-standard-1"),
      version: "2026",
      publisher: "NICE",
      versions: { nodes: [{ version: "2026" }, { version: "2024" }] },
    });
    for (const args of ["", `(id: "${data.standard.id}", reference: "DEMO-1")`]) {
      const { errors } = await service.ask(anonymous, `{ standard${args} { id } }`);
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    expect((await service.ask(anonymous, `{ standard(id: "crs_nonsense") { id } }`)).data.standard).toBeNull();
  });

  it("are entered by the office, under a reference of their own and for workstreams", async () => {
    const workstream = seedId("Workstream", "urgent-care");
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect((await call(viewer, "publishStandard", { reference: "TEST-0", version: "1", title: "No" })).code).toBe(
        "NOT_ALLOWED",
      );
    expect((await publish({ reference: "bad one" })).code).toBe("INVALID_INPUT");
    expect((await publish({ workstreamIds: [practice] })).code).toBe("INVALID_INPUT");
    const standard = await publish({ workstreamIds: [workstream, workstream] });
    expect(standard).toMatchObject({ version: "1", source: "USER" });
    const { data } = await service.ask(
      anonymous,
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Workstream { standards(first: 50) { nodes { id } } } } }",
      { r: [{ __typename: "Workstream", id: workstream }] },
    );
    expect(data._entities[0].standards.nodes).toContainEqual({ id: standard.id });
  });

  it("keep a reference to one of them when many enter it at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish({ reference: "RACED" })));
    expect(answers.filter((one) => one.__typename === "Standard")).toHaveLength(1);
    expect(answers.filter((one) => one.code === "STANDARD_REFERENCE_TAKEN")).toHaveLength(7);
  });

  it("get a new version from the office, and no version twice, even long after", async () => {
    const { id } = await publish();
    expect((await call(lead(), "reviseStandard", { standardId: id, version: "2" })).code).toBe("NOT_ALLOWED");
    for (const standardId of ["nonsense", newGlobalId("Standard")])
      expect((await call(office(), "reviseStandard", { standardId, version: "2" })).code).toBe("NOT_FOUND");
    expect((await call(office(), "reviseStandard", { standardId: id, version: " " })).code).toBe("INVALID_INPUT");
    expect(await call(office(), "reviseStandard", { standardId: id, version: "2", title: "Renamed" })).toMatchObject({
      id,
      version: "2",
      title: "Renamed",
    });
    for (const version of ["2", "1"])
      expect((await call(office(), "reviseStandard", { standardId: id, version })).code).toBe("STANDARD_VERSION_TAKEN");
  });
});

describe("an adoption", () => {
  it("is assessed by the office for all, and by leads for their own organisation", async () => {
    service.setNow(new Date("2027-02-03T10:00:00Z"));
    const { id: standardId } = await publish();
    const input = { standardId, version: "1", status: "PARTIAL", gap: "Weekends.", actions: "Hire." };
    for (const viewer of [anonymous, member(), analyst(), lead("other", "demo-trust-2")])
      expect((await call(viewer, "assessAdoption", { ...input, organisationId: practice })).code).toBe("NOT_ALLOWED");
    const first = await call(lead(), "assessAdoption", input);
    expect(first).toMatchObject({
      status: "PARTIAL",
      assessedVersion: "1",
      assessedOn: "2027-02-03",
      gap: "Weekends.",
      organisation: { id: practice },
    });
    const again = await call(office(), "assessAdoption", {
      standardId,
      version: "1",
      status: "MET",
      organisationId: practice,
    });
    expect(again).toMatchObject({ id: first.id, status: "MET", gap: null, actions: null });
  });

  it("is refused without a reason for NOT_RELEVANT, for what is no finding, and for ids of other things", async () => {
    const { id: standardId } = await publish();
    const assess = async (input: object) =>
      (await call(lead(), "assessAdoption", { standardId, version: "1", status: "MET", ...input })).code;
    expect(await assess({ status: "NOT_RELEVANT" })).toBe("INVALID_INPUT");
    expect(await assess({ status: "REASSESS" })).toBe("INVALID_INPUT");
    expect(await assess({ organisationId: standardId })).toBe("INVALID_INPUT");
    for (const none of ["nonsense", newGlobalId("Standard")])
      expect(await assess({ standardId: none })).toBe("NOT_FOUND");
    expect(await assess({ version: "0" })).toBe("STANDARD_REVISED");
    expect(await statusOf(standardId)).toEqual([]);
    expect(await assess({ status: "NOT_RELEVANT", reason: "No beds." })).toBeUndefined();
  });

  it("that was MET is to be assessed again after a new version, and the others stay", async () => {
    const { id: standardId } = await publish();
    const assess = (organisationId: string, status: string, version = "1") =>
      call(office(), "assessAdoption", { standardId, version, status, organisationId, reason: "So it is." });
    await assess(practice, "MET");
    await assess(trust, "PARTIAL");
    await assess(seedId("Organisation", "demo-trust-2"), "NOT_RELEVANT");
    await call(office(), "reviseStandard", { standardId, version: "2" });
    expect((await statusOf(standardId)).sort()).toEqual(["NOT_RELEVANT", "PARTIAL", "REASSESS"]);
    expect((await assess(practice, "MET")).code).toBe("STANDARD_REVISED");
    expect(await assess(practice, "MET", "2")).toMatchObject({ status: "MET", assessedVersion: "2" });
  });

  it("is never left MET by an old version, whoever comes first", async () => {
    for (let round = 0; round < 8; round++) {
      const { id: standardId } = await publish();
      const organisations = Array.from({ length: 6 }, () => newGlobalId("Organisation"));
      const assess = (organisationId: string) =>
        call(office(), "assessAdoption", { standardId, version: "1", status: "MET", organisationId });
      const before = organisations.slice(0, 3).map(assess);
      const revision = call(office(), "reviseStandard", { standardId, version: "2" });
      await Promise.all([...before, revision, ...organisations.slice(3).map(assess)]);
      expect(new Set(await statusOf(standardId))).not.toContain("MET");
    }
  });

  it("is one for each organisation, however many assess at once", async () => {
    const { id: standardId } = await publish();
    const answers = await Promise.all(
      ["MET", "PARTIAL", "RELEVANT", "MET", "PARTIAL"].map((status) =>
        call(lead(), "assessAdoption", { standardId, version: "1", status }),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  });

  it("shows status to everybody, and the detail to the organisation's leads, the office and analysts", async () => {
    const { id: standardId } = await publish();
    const given = { reason: "r", gap: "g", actions: "a" };
    await call(lead(), "assessAdoption", { standardId, version: "1", status: "PARTIAL", ...given });
    const seen = async (viewer: Viewer) =>
      (
        await service.ask(
          viewer,
          "query ($id: ID!) { standard(id: $id) { adoptions { nodes { status organisation { id } reason gap actions detailWithheld } } } }",
          { id: standardId },
        )
      ).data.standard.adoptions.nodes;
    const open = { status: "PARTIAL", organisation: { id: practice } };
    for (const viewer of [anonymous, member(), lead("other", "demo-trust-1")])
      expect(await seen(viewer)).toEqual([{ ...open, reason: null, gap: null, actions: null, detailWithheld: true }]);
    for (const viewer of [lead(), office(), analyst()])
      expect(await seen(viewer)).toEqual([{ ...open, ...given, detailWithheld: false }]);
  });

  it("can't be filtered or ordered by its detail", async () => {
    for (const args of [`where: { gap: { eq: "g" } }`, "orderBy: [{ field: GAP }]"]) {
      const { errors } = await service.ask(office(), `{ standards { nodes { adoptions(${args}) { totalCount } } } }`);
      expect(errors).toHaveLength(1);
    }
  });
});

describe("standards of many workstreams and organisations", () => {
  it("cost the same statements as those of one", async () => {
    const text = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Workstream { standards(first: 50) { nodes { reference adoptions(first: 50) { nodes { status organisation { id } } } } } }
      ... on Organisation { standardAdoptions(first: 50) { nodes { status standard { reference } } } } } }`;
    const workstream = (code: string) => ({ __typename: "Workstream", id: seedId("Workstream", code) });
    const organisation = (key: string) => ({ __typename: "Organisation", id: seedId("Organisation", key) });
    const one = await service.ask(anonymous, text, { r: [workstream("frail-elderly")] });
    const two = await service.ask(anonymous, text, { r: [workstream("frail-elderly"), workstream("urgent-care")] });
    expect(one.data._entities[0].standards.nodes[0].adoptions.nodes.length).toBeGreaterThanOrEqual(2);
    expect([one.statements, two.statements]).toEqual([2, 2]);
    const single = await service.ask(anonymous, text, { r: [organisation("demo-trust-1")] });
    const both = await service.ask(anonymous, text, {
      r: [organisation("demo-trust-1"), organisation("demo-council-1")],
    });
    expect(both.data._entities[1].standardAdoptions.nodes.length).toBeGreaterThan(0);
    expect([single.statements, both.statements]).toEqual([2, 2]);
  });
});

describe("row-level security, with the application's own scoping removed", () => {
  const sql = (viewer: Viewer, text: string, params: unknown[] = []): Promise<object[]> =>
    transact(service.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params));
  const bare = (id: string): string => id.slice(4);
  const standard = bare(seedId("Standard", "demo-standard-5"));

  it("lets the office alone write standards", async () => {
    const insert =
      "insert into education_learning.standard (id, reference, version, title, publisher) values (?, ?, '1', 't', 'NICE')";
    const change = "update education_learning.standard set title = 'Changed' where id = ? returning id";
    for (const viewer of [anonymous, member(), lead(), analyst()]) {
      await expect(sql(viewer, insert, [newUuid(), "SQL-1"])).rejects.toThrow(/row-level security/);
      expect(await sql(viewer, change, [standard])).toEqual([]);
    }
    expect(await sql(office(), change, [standard])).toHaveLength(1);
  });

  it("lets leads write their own organisation's adoptions alone", async () => {
    const insert =
      "insert into education_learning.standard_adoption (id, standard_id, organisation_id, status) values (?, ?, ?, 'NOT_ASSESSED')";
    for (const viewer of [anonymous, member(), lead("other", "demo-trust-2"), analyst()])
      await expect(sql(viewer, insert, [newUuid(), standard, bare(trust)])).rejects.toThrow(/row-level security/);
    await sql(lead("l", "demo-trust-1"), insert, [newUuid(), standard, bare(trust)]);
    const change = "update education_learning.standard_adoption set gap = 'x' where organisation_id = ? returning id";
    expect(await sql(lead("other", "demo-trust-2"), change, [bare(trust)])).toEqual([]);
    expect((await sql(lead("l", "demo-trust-1"), change, [bare(trust)])).length).toBeGreaterThan(0);
  });

  it("deletes nothing, moves no adoption and renames no reference", async () => {
    for (const text of [
      "delete from education_learning.standard_adoption",
      "delete from education_learning.standard_version",
      "update education_learning.standard_version set version = 'x'",
      "update education_learning.standard_adoption set organisation_id = gen_random_uuid()",
      "update education_learning.standard set reference = 'OTHER'",
    ])
      await expect(sql(office(), text)).rejects.toThrow(/permission denied/);
  });

  it("lets the database refuse NOT_RELEVANT without a reason", async () => {
    const text =
      "update education_learning.standard_adoption set status = 'NOT_RELEVANT', reason = null where status = 'MET'";
    await expect(sql(office(), text)).rejects.toThrow(/standard_adoption_reasoned/);
  });
});
