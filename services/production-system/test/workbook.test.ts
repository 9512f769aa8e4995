import { newGlobalId, newUuid } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => void (service = await startTestSubgraph(subgraph, [loadDemonstration, loadDemonstration])));
afterAll(() => service.stop());

const practice = seedId("Organisation", "demo-practice-1");
const workstream = seedId("Workstream", "frail-elderly");
const onEdition = "... on WorkbookEdition { id title status publishedAt chapters { number title } }";
const onExample = "... on WorkbookExample { id title consentedAt organisation { id } }";
const call = async (viewer: Viewer, mutation: string, input: object): Promise<any> => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const selection = mutation.endsWith("Edition") ? onEdition : onExample;
  const text = `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { __typename ... on UserError { code message } ${selection} } }`;
  const { data, errors } = await service.ask(viewer, text, { input });
  expect(errors).toBeUndefined();
  return data.result;
};
const draft = (title = "Made for a test") => call(office(), "draftEdition", { title, chapters: ["One", "Two"] });
const add = (editionId: string, input: object = {}) =>
  call(office(), "addExample", { editionId, chapter: 1, title: "An example", organisationId: practice, ...input });
const publish = (editionId: string, viewer = office()) => call(viewer, "publishEdition", { editionId });
const statusOf = async (id: string, viewer: Viewer = anonymous): Promise<string | undefined> =>
  (await service.ask(viewer, "query ($id: ID!) { workbookEdition(id: $id) { status } }", { id })).data.workbookEdition
    ?.status;
const shown = async (viewer: Viewer, r: object[]) =>
  await service.ask(
    viewer,
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Workstream { workbookExamples(first: 50) { nodes { id title organisation { id } } } }
      ... on Organisation { workbookExamples(first: 50) { nodes { id title } } } } }`,
    { r },
  );
const titles = async (viewer: Viewer, __typename: string, id: string): Promise<string[]> =>
  (await shown(viewer, [{ __typename, id }])).data._entities[0].workbookExamples.nodes.map(
    ({ title }: { title: string }) => title,
  );

describe("the demonstration's workbook", () => {
  it("has one edition in force, which everybody sees, and a draft, which the office sees", async () => {
    const editions = async (viewer: Viewer) =>
      (await service.ask(viewer, "{ workbookEditions { nodes { status source } } }")).data.workbookEditions.nodes;
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect(await editions(viewer)).toEqual([{ status: "PUBLISHED", source: "DEMO" }]);
    expect(await editions(office())).toHaveLength(2);
  });

  it("shows published examples of a workstream and an organisation to everybody, and drafts to nobody there", async () => {
    for (const viewer of [anonymous, member(), office()]) {
      expect(await titles(viewer, "Workstream", workstream)).toEqual([
        "Demonstration: a frailty round that starts on time",
        "Demonstration: one list of medicines",
      ]);
      expect(await titles(viewer, "Organisation", practice)).toHaveLength(2);
    }
  });

  it("costs one statement for many workstreams, and an id of another type is null", async () => {
    const r = ["frail-elderly", "urgent-care"].map((code) => ({
      __typename: "Workstream",
      id: seedId("Workstream", code),
    }));
    const one = await shown(anonymous, r.slice(0, 1));
    const all = await shown(anonymous, [...r, { __typename: "Workstream", id: "nonsense" }]);
    expect(all.errors).toBeUndefined();
    expect(all.data._entities[2]).toBeNull();
    expect([one.statements, all.statements]).toEqual([1, 1]);
  });
});

describe("an edition", () => {
  it("is drafted with its chapters by the office, which alone sees it then", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect((await call(viewer, "draftEdition", { title: "t", chapters: ["c"] })).code).toBe("NOT_ALLOWED");
    expect((await call(office(), "draftEdition", { title: " ", chapters: ["c"] })).code).toBe("INVALID_INPUT");
    expect((await call(office(), "draftEdition", { title: "t", chapters: [] })).code).toBe("INVALID_INPUT");
    const edition = await draft();
    expect(edition).toMatchObject({
      status: "DRAFT",
      publishedAt: null,
      chapters: [
        { number: 1, title: "One" },
        { number: 2, title: "Two" },
      ],
    });
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect(await statusOf(edition.id, viewer)).toBeUndefined();
    expect(await statusOf(edition.id, office())).toBe("DRAFT");
  });

  it("takes examples from the office, in its chapters", async () => {
    const { id } = await draft();
    const input = { editionId: id, chapter: 1, title: "t", organisationId: practice };
    for (const viewer of [anonymous, member(), lead()])
      expect((await call(viewer, "addExample", input)).code).toBe("NOT_ALLOWED");
    for (const wrong of [{ chapter: 3 }, { title: "" }, { organisationId: id }, { workstreamIds: [practice] }])
      expect((await add(id, wrong)).code).toBe("INVALID_INPUT");
    for (const none of ["nonsense", newGlobalId("WorkbookEdition")]) expect((await add(none)).code).toBe("NOT_FOUND");
    expect(await add(id, { workstreamIds: [workstream] })).toMatchObject({ consentedAt: null });
  });

  it("is published with the consent of each example's organisation, and supersedes the one before", async () => {
    const first = await draft("First");
    const example = await add(first.id, { title: "Ours", workstreamIds: [workstream] });
    expect((await publish(first.id, lead())).code).toBe("NOT_ALLOWED");
    expect(await publish(first.id)).toMatchObject({
      code: "WORKBOOK_CONSENT_MISSING",
      message: expect.stringContaining("Ours"),
    });
    expect(await titles(anonymous, "Workstream", workstream)).not.toContain("Ours");
    expect((await call(lead(), "giveConsent", { exampleId: example.id })).consentedAt).not.toBeNull();
    expect(await publish(first.id)).toMatchObject({ status: "PUBLISHED" });
    expect(await titles(anonymous, "Workstream", workstream)).toEqual(["Ours"]);
    const second = await draft("Second");
    await publish(second.id);
    expect([await statusOf(first.id), await statusOf(second.id)]).toEqual(["SUPERSEDED", "PUBLISHED"]);
    expect(await titles(anonymous, "Workstream", workstream)).toEqual([]);
    expect((await publish(first.id)).code).toBe("WORKBOOK_EDITION_CLOSED");
    expect((await add(second.id)).code).toBe("WORKBOOK_EDITION_CLOSED");
    for (const none of ["nonsense", newGlobalId("WorkbookEdition")])
      expect((await publish(none)).code).toBe("NOT_FOUND");
  });

  it("is the only one in force, however many are published at once", async () => {
    const editions = await Promise.all([1, 2, 3, 4].map((number) => draft(`Raced ${number}`)));
    const answers = await Promise.all(editions.map(({ id }) => publish(id)));
    expect(answers.map(({ __typename }) => __typename)).toEqual(editions.map(() => "WorkbookEdition"));
    const states = await Promise.all(editions.map(({ id }) => statusOf(id)));
    expect(states.sort()).toEqual(["PUBLISHED", "SUPERSEDED", "SUPERSEDED", "SUPERSEDED"]);
  });

  it("has no example without consent, also when one is added while it is published", async () => {
    for (let round = 0; round < 6; round++) {
      const { id } = await draft();
      const [added, published] = await Promise.all([add(id), publish(id)]);
      const outcome = [added.__typename, published.__typename];
      expect([
        ["WorkbookExample", "WorkbookConsentMissing"],
        ["WorkbookEditionClosed", "WorkbookEdition"],
      ]).toContainEqual(outcome);
    }
  });
});

describe("consent", () => {
  it("is given by a lead of the example's organisation, once, and by nobody in their place", async () => {
    const { id } = await draft();
    const example = await add(id);
    const consent = (viewer: Viewer, exampleId = example.id) => call(viewer, "giveConsent", { exampleId });
    expect((await consent(office())).code).toBe("NOT_ALLOWED");
    for (const viewer of [anonymous, member(), analyst(), lead("other", "demo-trust-1")])
      expect((await consent(viewer)).code).toBe("NOT_FOUND");
    for (const none of ["nonsense", newGlobalId("WorkbookExample")])
      expect((await consent(lead(), none)).code).toBe("NOT_FOUND");
    service.setNow(new Date("2027-01-01T10:00:00Z"));
    expect((await consent(lead())).consentedAt).toBe("2027-01-01T10:00:00Z");
    service.setNow(new Date("2027-01-02T10:00:00Z"));
    expect((await consent(lead())).consentedAt).toBe("2027-01-01T10:00:00Z");
  });

  it("is shown to who gives it and to the office, not to the public", async () => {
    const id = seedId("WorkbookExample", "demo-example-1");
    const seen = async (viewer: Viewer) =>
      (await service.ask(viewer, "query ($id: ID!) { workbookExample(id: $id) { consentedAt } }", { id })).data
        .workbookExample.consentedAt;
    for (const viewer of [anonymous, member(), analyst()]) expect(await seen(viewer)).toBeNull();
    for (const viewer of [lead(), office()]) expect(await seen(viewer)).toBe("2026-05-04T09:00:00Z");
  });
});

describe("the database, past every rule of the application", () => {
  const sql = (viewer: Viewer, text: string, params: unknown[] = []): Promise<object[]> =>
    transact(service.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params));
  const bare = (id: string): string => id.slice(4);
  const published = bare(seedId("WorkbookEdition", "demo-edition-1"));
  const chapter = bare(seedId("WorkbookChapter", "demo-edition-1 1"));
  const insertExample = `insert into production_system.workbook_example (id, edition_id, chapter_id, title, organisation_id)
    values (?, ?, ?, 't', gen_random_uuid())`;

  it("keeps a published edition as it was", async () => {
    for (const text of [
      "update production_system.workbook_edition set title = 'x' where id = ?",
      "update production_system.workbook_edition set status = 'DRAFT', published_at = null where id = ?",
      "insert into production_system.workbook_chapter (id, edition_id, number, title) values (gen_random_uuid(), ?, 9, 'x')",
    ])
      await expect(sql(office(), text, [published])).rejects.toThrow(/stays as it was/);
    await expect(sql(office(), insertExample, [newUuid(), published, chapter])).rejects.toThrow(/stays as it was/);
    const pairs =
      "insert into production_system.workbook_example_workstream (example_id, workstream_id) values (?, gen_random_uuid())";
    const example = bare(seedId("WorkbookExample", "demo-example-1"));
    await expect(sql(office(), pairs, [example])).rejects.toThrow(/stays as it was/);
    const consent =
      "update production_system.workbook_example set consented_at = now(), consented_by_id = ? where id = ?";
    await expect(sql(lead(), consent, [bare(lead().personId as string), example])).rejects.toThrow(/stays as it was/);
  });

  it("publishes no edition whose examples lack consent, and begins none as published", async () => {
    const edition = bare((await draft()).id);
    await add(`wbe_${edition}`);
    const text =
      "update production_system.workbook_edition set status = 'PUBLISHED', published_at = now() where id = ?";
    await sql(
      office(),
      "update production_system.workbook_edition set status = 'SUPERSEDED' where status = 'PUBLISHED'",
    );
    await expect(sql(office(), text, [edition])).rejects.toThrow(/lacks consent/);
    const insert =
      "insert into production_system.workbook_edition (id, title, status, published_at) values (?, 't', 'PUBLISHED', now())";
    await expect(sql(office(), insert, [newUuid()])).rejects.toThrow(/begins as a draft/);
  });

  it("takes consent from a lead of the organisation alone, in their own name, and changes nothing else of an example", async () => {
    const { id } = await add((await draft()).id);
    const consent =
      "update production_system.workbook_example set consented_at = now(), consented_by_id = ? where id = ? returning id";
    const own = (viewer: Viewer): string => bare(viewer.personId as string);
    for (const viewer of [office(), member(), analyst(), lead("other", "demo-trust-1")])
      expect(await sql(viewer, consent, [own(viewer), bare(id)])).toEqual([]);
    await expect(sql(lead(), consent, [own(office()), bare(id)])).rejects.toThrow(/row-level security/);
    await expect(
      sql(lead(), "update production_system.workbook_example set title = 'x' where id = ?", [bare(id)]),
    ).rejects.toThrow(/permission denied/);
    expect(await sql(lead(), consent, [own(lead()), bare(id)])).toHaveLength(1);
  });

  it("lets the office alone write, and nobody delete", async () => {
    const insert = "insert into production_system.workbook_edition (id, title, status) values (?, 't', 'DRAFT')";
    for (const viewer of [anonymous, member(), lead(), analyst()])
      await expect(sql(viewer, insert, [newUuid()])).rejects.toThrow(/row-level security/);
    for (const table of ["workbook_edition", "workbook_chapter", "workbook_example", "workbook_example_workstream"])
      await expect(sql(office(), `delete from production_system.${table}`)).rejects.toThrow(/permission denied/);
  });

  it("shows a draft's examples to the office and to the leads who are asked, and to nobody else", async () => {
    const { id } = await add((await draft()).id);
    const count = async (viewer: Viewer) =>
      (await sql(viewer, "select id from production_system.workbook_example where id = ?", [bare(id)])).length;
    for (const viewer of [anonymous, member(), analyst(), lead("other", "demo-trust-1")])
      expect(await count(viewer)).toBe(0);
    for (const viewer of [lead(), office()]) expect(await count(viewer)).toBe(1);
  });
});
