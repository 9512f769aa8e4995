import { setTimeout as delay } from "node:timers/promises";
import { newGlobalId, newUuid } from "@clic/global-id";
import { rpiwPhaseChanged, type FactOf } from "@clic/bus";
import { seedId } from "@clic/seed-data";
import { clientViewer, systemViewer, type Viewer } from "@clic/identity";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";
import { followDelivery } from "../src/work-item/follow-delivery.ts";

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(definition, [
    loadFounding,
    demonstrationLoad({ issuer: "http://127.0.0.1:4010" }),
  ]);
});
afterAll(() => subgraph.stop());

const sql = (text: string, params: readonly unknown[] = []): Promise<any[]> =>
  subgraph.arrange(({ em }) => em.execute(text, [...params]));
const rpiw = (number: number): string => seedId("Rpiw", `demo-rpiw-${number}`);

describe("the work programme", () => {
  it("answers the home page: active work of every type with its priorities and leads, in four statements", async () => {
    const query = `query ($strategy: StrategyKey, $n: Int) {
      workItems(where: { strategy: { eq: $strategy }, status: { eq: ACTIVE } }, first: $n) {
        totalCount nodes { __typename id title strategy priorities { code title } leadOrganisation { name } ... on Rpiw { status } } } }`;
    const { data, errors, statements } = await subgraph.ask(anonymous, query, { n: 20 });
    expect(errors).toBeUndefined();
    const nodes = data.workItems.nodes as any[];
    expect(data.workItems.totalCount).toBe(15);
    expect(Map.groupBy(nodes, (node) => node.__typename).size).toBe(4);
    expect(
      nodes.every((node) => node.title && node.strategy && node.leadOrganisation.name && node.priorities.length === 1),
    ).toBe(true);
    expect(nodes.filter((node) => node.__typename === "Rpiw").every((node) => node.status === "ACTIVE")).toBe(true);
    expect(statements).toBe(4);
    expect((await subgraph.ask(anonymous, query, { n: 2 })).statements).toBe(4);
    const learning = await subgraph.ask(anonymous, query, { n: 20, strategy: "EDUCATION_LEARNING" });
    expect(learning.data.workItems.totalCount).toBe(4);
    const nullStrategy = await subgraph.ask(anonymous, query, { n: 20, strategy: null });
    expect(nullStrategy.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("keeps the founding report's word beside a status that nobody has settled, and a strategy only where it states one", async () => {
    const { data } = await subgraph.ask(
      anonymous,
      `{ workItems(where: { source: { eq: FOUNDING } }, first: 100) { nodes { __typename id status statusSince strategy reportedStatus reportedWhen leadOrganisation { id } priorities { id } statusHistory { totalCount } } } }`,
    );
    const nodes = data.workItems.nodes as any[];
    expect(nodes).toHaveLength(16);
    expect(
      nodes.every((node) => node.status === null && node.statusSince === null && node.leadOrganisation === null),
    ).toBe(true);
    expect(
      nodes.every(
        (node) => node.reportedStatus !== null && node.priorities.length === 0 && node.statusHistory.totalCount === 0,
      ),
    ).toBe(true);
    expect(nodes.filter((node) => node.strategy !== null)).toHaveLength(4);
    expect(nodes.map((node) => node.id)).toEqual(
      expect.arrayContaining([
        seedId("LearningInitiative", "founding-work-item-1"),
        seedId("Rpiw", "founding-work-item-2"),
        seedId("LeadershipInitiative", "founding-work-item-9"),
      ]),
    );
  });

  it("is found by workstream and by priority", async () => {
    const query = `query ($n: Int) { workstream(code: "frail-elderly") { name workItems(first: 50) { nodes { __typename title status } } }
      priorities(first: $n) { nodes { code title workItems(first: 50) { totalCount nodes { strategy status } } } } }`;
    const { data, errors, statements } = await subgraph.ask(analyst(), query, { n: 50 });
    expect(errors).toBeUndefined();
    expect(data.workstream.workItems.nodes.length).toBeGreaterThanOrEqual(2);
    expect(data.priorities.nodes).toHaveLength(4);
    expect(data.priorities.nodes.reduce((sum: number, one: any) => sum + one.workItems.totalCount, 0)).toBe(16);
    expect((await subgraph.ask(analyst(), query, { n: 1 })).statements).toBe(statements);
  });

  it("resolves a reference of each type, and none of another's id", async () => {
    const { data } = await subgraph.ask(
      anonymous,
      `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Rpiw { title } ... on LearningInitiative { title } ... on Organisation { name } ... on Person { displayName } } }`,
      {
        r: [
          { __typename: "Rpiw", id: rpiw(1) },
          { __typename: "LearningInitiative", id: seedId("LearningInitiative", "demo-learning-1") },
          { __typename: "Organisation", id: seedId("Organisation", "CLIC") },
          { __typename: "Rpiw", id: newGlobalId("Rpiw") },
          { __typename: "Organisation", id: "nonsense" },
          { __typename: "Person", id: seedId("Person", "member") },
        ],
      },
    );
    expect(data._entities.map((one: any) => one?.__typename ?? null)).toEqual([
      "Rpiw",
      "LearningInitiative",
      "Organisation",
      null,
      null,
      null,
    ]);
  });

  it("refuses ids that can't be a work item's", async () => {
    for (const id of ["nonsense", seedId("Person", "member")]) {
      const { errors } = await subgraph.ask(anonymous, `query ($id: ID!) { workItem(id: $id) { title } }`, { id });
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    for (const field of ["workstream", "priority"])
      expect((await subgraph.ask(anonymous, `{ ${field} { code } }`)).errors?.[0]?.extensions.code).toBe(
        "BAD_USER_INPUT",
      );
  });
});

const change = `mutation ($id: ID!, $status: WorkItemStatus!, $reason: String) { changeWorkItemStatus(input: { workItemId: $id, status: $status, reason: $reason }) {
  __typename ... on WorkItemStatusChanged { workItem { __typename status source statusHistory { nodes { from to reason changedBy { displayName } } } } }
  ... on UserError { code } ... on WorkItemStatusRefused { allowed } } }`;
const changeAs = async (viewer: Viewer, id: string, status: string, reason?: string) =>
  (await subgraph.ask(viewer, change, { id, status, ...(reason !== undefined && { reason }) })).data
    ?.changeWorkItemStatus;

describe("changing a work item's status", () => {
  it("adds to its history, who and why", async () => {
    const answer = await changeAs(office(), rpiw(2), "PAUSED", " Winter pressure ");
    expect(answer.workItem.status).toBe("PAUSED");
    expect(answer.workItem.statusHistory.nodes).toEqual([
      { from: null, to: "ACTIVE", reason: null, changedBy: null },
      { from: "ACTIVE", to: "PAUSED", reason: "Winter pressure", changedBy: { displayName: "Olu Office" } },
    ]);
    const again = await changeAs(office(), rpiw(2), "PAUSED");
    expect(again.workItem.statusHistory.nodes).toHaveLength(2);
    const seenBy = async (viewer: Viewer) =>
      (
        await subgraph.ask(
          viewer,
          `query ($id: ID!) { workItem(id: $id) { statusHistory { nodes { to reason changedBy { id } } } } }`,
          { id: rpiw(2) },
        )
      ).data.workItem.statusHistory.nodes[1];
    expect(await seenBy(anonymous)).toEqual({ to: "PAUSED", reason: null, changedBy: null });
    expect(await seenBy(member())).toEqual({ to: "PAUSED", reason: "Winter pressure", changedBy: null });
    const machine = clientViewer({ clientId: "c", scopes: ["operations:read", "analysis:read"] });
    for (const viewer of [analyst(), machine]) expect((await seenBy(viewer)).reason).toBeNull();
  });

  it("follows the table of states", async () => {
    expect(await changeAs(office(), rpiw(5), "ACTIVE")).toEqual({
      __typename: "WorkItemStatusRefused",
      code: "WORK_ITEM_STATUS_REFUSED",
      allowed: [],
    });
    expect((await changeAs(office(), rpiw(2), "DECLINED")).code).toBe("INVALID_INPUT");
  });

  it("is the office's", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst()])
      expect((await changeAs(viewer, rpiw(1), "PAUSED")).code).toBe("NOT_ALLOWED");
    expect((await changeAs(office(), newGlobalId("Rpiw"), "PAUSED")).code).toBe("NOT_FOUND");
  });

  it("makes nothing active that serves no priority, and settles a founding row's status as somebody's own word", async () => {
    const id = seedId("ImprovementProject", "founding-work-item-7");
    expect((await changeAs(office(), id, "ACTIVE")).code).toBe("PRIORITY_MISSING");
    const untouched = await subgraph.ask(
      anonymous,
      `query ($id: ID!) { workItem(id: $id) { status source statusHistory { totalCount } } }`,
      { id },
    );
    expect(untouched.data.workItem).toEqual({ status: null, source: "FOUNDING", statusHistory: { totalCount: 0 } });
    expect((await changeAs(office(), id, "SCOPING")).workItem).toMatchObject({ status: "SCOPING", source: "USER" });
  });

  it("writes one line of history when many ask at once", async () => {
    const id = seedId("LearningInitiative", "demo-learning-4");
    await Promise.all(Array.from({ length: 10 }, () => changeAs(office(), id, "COMPLETED")));
    expect(
      await sql(
        "select count(*)::int as n from work_item_status_change where work_item_id = ? and to_status = 'COMPLETED'",
        [id],
      ),
    ).toEqual([{ n: 1 }]);
  });
});

describe("what PostgreSQL itself holds of the work programme", () => {
  it("an active item keeps a priority, whoever takes it away, also when the last two are taken at once", async () => {
    const id = rpiw(3);
    await expect(sql("delete from work_item_priority where work_item_id = ?", [id])).rejects.toMatchObject({
      constraint: "work_item_active_needs_priority",
    });
    await sql("insert into work_item_priority select ?, id from priority on conflict do nothing", [id]);
    const [one] = await sql("select priority_id as p from work_item_priority where work_item_id = ? order by 1", [id]);
    await sql(
      "delete from work_item_priority where work_item_id = ? and priority_id not in (select priority_id from work_item_priority where work_item_id = ? order by 1 limit 2)",
      [id, id],
    );
    // Both are checked before either commits, if nothing makes them take turns: each alone would leave one.
    let checked = 0;
    let go = (): void => undefined;
    const both = new Promise<void>((resolve) => (go = resolve));
    const take = (which: string) =>
      subgraph.arrange(async ({ em }) => {
        await em.execute(`delete from work_item_priority where work_item_id = ? and priority_id ${which} ?`, [
          id,
          one.p,
        ]);
        await em.execute("set constraints all immediate");
        if (++checked === 2) go();
        await Promise.race([both, delay(300)]);
      });
    const results = await Promise.allSettled([take("="), take("<>")]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });

  it("a priority with work can't be removed", async () => {
    await expect(sql("delete from priority where code = 'demo-safe-care'")).rejects.toThrow();
  });

  it("the history of status is neither changed nor removed, even by the system", async () => {
    const before = await sql("select * from work_item_status_change order by id");
    await sql("update work_item_status_change set reason = 'rewritten'");
    await sql("delete from work_item_status_change");
    expect(await sql("select * from work_item_status_change order by id")).toEqual(before);
  });

  it("an id has its type's prefix", async () => {
    await expect(
      sql(
        "insert into work_item (id, type, title, status, status_since, source) values (?, 'Rpiw', 'x', 'PROPOSED', now(), 'USER')",
        [newGlobalId("LearningInitiative")],
      ),
    ).rejects.toMatchObject({ constraint: "work_item_id_tells_type" });
  });

  it("row-level security is forced on every table", async () => {
    expect(
      await sql(
        "select relname from pg_class where relnamespace = 'organisations'::regnamespace and relkind = 'r' and relname <> 'migration' and not (relrowsecurity and relforcerowsecurity)",
      ),
    ).toEqual([]);
  });

  it("a viewer without the right can't write past the service", async () => {
    const attempt = (viewer: Viewer, text: string, params: unknown[]) =>
      transact(subgraph.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params, "run"));
    for (const viewer of [anonymous, member(), lead(), analyst()]) {
      await expect(
        attempt(
          viewer,
          "insert into work_item (id, type, title, status, status_since, source) values (?, 'Rpiw', 'x', 'PROPOSED', now(), 'USER')",
          [newGlobalId("Rpiw")],
        ),
      ).rejects.toMatchObject({ code: "42501" });
      await expect(
        attempt(viewer, "insert into organisation (id, name, status, source) values (?, 'x', 'ACTIVE', 'USER')", [
          newUuid(),
        ]),
      ).rejects.toMatchObject({ code: "42501" });
      expect(await attempt(viewer, "update work_item set status = 'DECLINED'", [])).toMatchObject({ affectedRows: 0 });
      expect(await attempt(viewer, "update organisation set name = 'x'", [])).toMatchObject({ affectedRows: 0 });
    }
    // The office has no say over accounts: a forged one would let somebody in as anybody.
    await expect(
      attempt(
        office(),
        "insert into account (id, issuer, subject, kind, client_id, source) values (?, 'x', 'y', 'CLIENT', 'z', 'USER')",
        [newUuid()],
      ),
    ).rejects.toMatchObject({ code: "42501" });
  });
});

describe("registering a work item", () => {
  const register = `mutation ($input: RegisterWorkItemInput!) { registerWorkItem(input: $input) { __typename ... on WorkItemRegistered { workItem { __typename id title status strategy priorities { code } workstreams { code } leadOrganisation { name } statusHistory { nodes { from to } } } } ... on UserError { code } } }`;
  const input = {
    type: "ImprovementProject",
    title: "A new project",
    strategy: "PRODUCTION_SYSTEM",
    priorityIds: [seedId("Priority", "demo-safe-care")],
    workstreamIds: [seedId("Workstream", "urgent-care")],
    leadOrganisationId: seedId("Organisation", "CLIC"),
  };
  const ask = async (viewer: Viewer, changed: object = {}) =>
    (await subgraph.ask(viewer, register, { input: { ...input, ...changed } })).data?.registerWorkItem;

  it("enters it as PROPOSED, with its history, and tells the others", async () => {
    const { workItem } = await ask(office());
    expect(workItem).toMatchObject({
      __typename: "ImprovementProject",
      status: "PROPOSED",
      priorities: [{ code: "demo-safe-care" }],
      workstreams: [{ code: "urgent-care" }],
      statusHistory: { nodes: [{ from: null, to: "PROPOSED" }] },
    });
    const facts = await sql("select type, data from outbox where aggregate_id = ?", [workItem.id]);
    expect(facts).toEqual([
      {
        type: "organisations.work-item-registered",
        data: expect.objectContaining({ workItemId: workItem.id, workItemType: "ImprovementProject" }),
      },
    ]);
  });

  it("refuses what can't be work, and writes nothing then", async () => {
    const count =
      "select (select count(*) from work_item) as w, (select count(*) from outbox) as o, (select count(*) from work_item_status_change) as h";
    const before = await sql(count);
    for (const viewer of [anonymous, member(), lead(), analyst()]) expect((await ask(viewer)).code).toBe("NOT_ALLOWED");
    expect((await ask(office(), { title: " " })).code).toBe("INVALID_INPUT");
    expect((await ask(office(), { priorityIds: [] })).code).toBe("INVALID_INPUT");
    expect((await ask(office(), { priorityIds: [newGlobalId("Priority")] })).code).toBe("NOT_FOUND");
    expect((await ask(office(), { workstreamIds: [newGlobalId("Workstream")] })).code).toBe("NOT_FOUND");
    expect((await ask(office(), { leadOrganisationId: newGlobalId("Organisation") })).code).toBe("NOT_FOUND");
    const wrong = await subgraph.ask(office(), register, { input: { ...input, priorityIds: ["nonsense"] } });
    expect(wrong.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(await sql(count)).toEqual(before);
  });
});

describe("following delivery", () => {
  const viewer = systemViewer("test");
  const tell = (phase: string, at: string, workItemId = rpiw(4)) => {
    const fact = {
      id: newUuid(),
      type: rpiwPhaseChanged.type,
      version: 1,
      aggregateId: workItemId,
      occurredAt: at,
      data: { workItemId, phase, at },
    } as FactOf<typeof rpiwPhaseChanged>;
    return transact(subgraph.orm.em, viewer, new Date(), (useCase) => followDelivery(useCase, fact));
  };
  const status = async () => (await sql("select status from work_item where id = ?", [rpiw(4)]))[0].status;

  it("moves the work item by the phase, never by an older fact, and an older one than the office's word neither", async () => {
    await tell("FOLLOW_UP", "2026-03-01T10:00:00.000Z");
    expect(await status()).toBe("ACTIVE");
    await tell("CHARTERED", "2026-02-01T10:00:00.000Z");
    expect(await status()).toBe("ACTIVE");
    await tell("CLOSED", "2026-04-01T10:00:00.000Z");
    expect(await status()).toBe("COMPLETED");
    await tell("FOLLOW_UP", "2026-03-02T10:00:00.000Z");
    await tell("CLOSED", "2026-04-01T10:00:00.000Z");
    expect(await status()).toBe("COMPLETED");
    expect(
      await sql("select reason from work_item_status_change where work_item_id = ? and to_status = 'COMPLETED'", [
        rpiw(4),
      ]),
    ).toEqual([{ reason: "Its delivery entered the phase CLOSED." }]);
    await changeAs(office(), rpiw(1), "PAUSED");
    await tell("WORKSHOP", "2026-05-01T10:00:00.000Z", rpiw(1));
    expect((await sql("select status from work_item where id = ?", [rpiw(1)]))[0].status).toBe("PAUSED");
  });

  it("rejects a phase or a work item that nobody knows, so that the fact is kept to look at", async () => {
    await expect(tell("DANCING", "2027-01-01T10:00:00.000Z")).rejects.toThrow("no phase");
    await expect(tell("CLOSED", "2027-01-01T10:00:00.000Z", newGlobalId("Rpiw"))).rejects.toThrow();
  });
});
