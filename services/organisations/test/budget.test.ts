import { newGlobalId } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";

let world: TestSubgraph;
beforeAll(async () => {
  world = await startTestSubgraph(definition, [loadFounding, demonstrationLoad({ issuer: "http://127.0.0.1:4010" })]);
});
afterAll(() => world.stop());

const parts: Record<string, string> = {
  draftBudget: "Budget { budget: status }",
  addBudgetLine: "BudgetLine { code }",
  approveBudget: "Budget { budget: status }",
  closeBudget: "Budget { budget: status }",
  vireFunds: "Virement { amountPence }",
  commitFunds: "BudgetCommitment { commitment: status paidPence outstandingPence }",
  payCommitment: "BudgetCommitment { commitment: status paidPence outstandingPence }",
  releaseCommitment: "BudgetCommitment { commitment: status paidPence outstandingPence }",
};
const amounts = "allocatedPence committedPence spentPence availablePence";
async function act(name: string, input: object, viewer: Viewer = office()): Promise<any> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await world.ask(
    viewer,
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on Node { id } ... on UserError { code message } ... on ${parts[name]} } }`,
    { input },
  );
  return errors ? { errorCode: errors[0]?.extensions.code } : data[name];
}
const line = async (id: string) =>
  (await world.ask(office(), `query ($id: ID!) { node(id: $id) { ... on BudgetLine { ${amounts} } } }`, { id })).data
    .node;

let budgetId: string;
let from: string;
let to: string;
let title = 0;
const draft = async () => (await act("draftBudget", { financialYear: 2026, title: `Budget ${++title}` })).id as string;
const addLine = async (code: string, allocatedPence: number, budget = budgetId) =>
  (await act("addBudgetLine", { budgetId: budget, code, title: "A line", allocatedPence })).id as string;
const commit = (amountPence: number, lineId = from) =>
  act("commitFunds", { lineId, amountPence, description: "A room and lunch" });
const pay = (commitmentId: string, amountPence: number) =>
  act("payCommitment", { commitmentId, amountPence, paidOn: "2026-05-01", reference: "INV-7" });
beforeEach(async () => {
  world.setNow(new Date("2026-06-01T09:00:00Z"));
  budgetId = await draft();
  from = await addLine("rpiw", 100_000);
  to = await addLine("leadership", 50_000);
  await act("approveBudget", { budgetId });
});

describe("a budget", () => {
  it("goes from draft to approved to closed, and no other way", async () => {
    const refused = { code: "BUDGET_STATUS_REFUSED" };
    expect(await act("approveBudget", { budgetId })).toMatchObject(refused);
    expect(await act("addBudgetLine", { budgetId, code: "late", title: "L", allocatedPence: 1 })).toMatchObject(
      refused,
    );
    const other = await draft();
    const otherLine = await addLine("x", 100, other);
    expect(await act("closeBudget", { budgetId: other })).toMatchObject(refused);
    expect(await commit(1, otherLine)).toMatchObject(refused);
    expect(await act("closeBudget", { budgetId })).toMatchObject({ budget: "CLOSED" });
    for (const again of ["approveBudget", "closeBudget"]) expect(await act(again, { budgetId })).toMatchObject(refused);
    expect(await commit(1)).toMatchObject(refused);
    expect(await act("vireFunds", { fromLineId: from, toLineId: to, amountPence: 1, reason: "R" })).toMatchObject(
      refused,
    );
  });

  it("closes when nothing is open any more", async () => {
    const { id } = await commit(500);
    expect((await act("closeBudget", { budgetId })).code).toBe("BUDGET_HAS_OPEN_COMMITMENTS");
    await act("releaseCommitment", { commitmentId: id });
    expect(await act("closeBudget", { budgetId })).toMatchObject({ budget: "CLOSED" });
  });

  it("has a title of its own within its year, and lines codes of their own", async () => {
    expect((await act("draftBudget", { financialYear: 2026, title: `Budget ${title}` })).code).toBe(
      "BUDGET_TITLE_TAKEN",
    );
    expect((await act("draftBudget", { financialYear: 2027, title: `Budget ${title}` })).id).toBeDefined();
    const other = await draft();
    await addLine("x", 1, other);
    const again = await act("addBudgetLine", { budgetId: other, code: "x", title: "X", allocatedPence: 1 });
    expect(again.code).toBe("BUDGET_LINE_CODE_TAKEN");
  });

  it("refuses slips with what to do", async () => {
    const inputs: [string, object][] = [
      ["draftBudget", { financialYear: 1999, title: "A" }],
      ["draftBudget", { financialYear: 2026, title: " " }],
      ["addBudgetLine", { budgetId, code: "No Code", title: "A", allocatedPence: 1 }],
      ["addBudgetLine", { budgetId, code: "a", title: "A", allocatedPence: -1 }],
      ["commitFunds", { lineId: from, amountPence: 0, description: "A" }],
      ["commitFunds", { lineId: from, amountPence: 1, description: "" }],
      ["vireFunds", { fromLineId: from, toLineId: from, amountPence: 1, reason: "R" }],
      ["vireFunds", { fromLineId: from, toLineId: to, amountPence: 1, reason: "" }],
    ];
    for (const [name, input] of inputs) expect(await act(name, input)).toMatchObject({ code: "INVALID_INPUT" });
    const { id } = await commit(5);
    const future = { commitmentId: id, amountPence: 1, paidOn: "2026-06-02" };
    expect(await act("payCommitment", future)).toMatchObject({ code: "INVALID_INPUT" });
    for (const [name, input] of [
      ["addBudgetLine", { budgetId: newGlobalId("Budget"), code: "a", title: "A", allocatedPence: 1 }],
      ["approveBudget", { budgetId: newGlobalId("Budget") }],
      ["commitFunds", { lineId: newGlobalId("BudgetLine"), amountPence: 1, description: "A" }],
      ["commitFunds", { lineId: from, amountPence: 1, description: "A", workItemId: newGlobalId("Rpiw") }],
      ["payCommitment", { ...future, paidOn: "2026-05-01", commitmentId: newGlobalId("BudgetCommitment") }],
      ["releaseCommitment", { commitmentId: newGlobalId("BudgetCommitment") }],
      ["vireFunds", { fromLineId: from, toLineId: newGlobalId("BudgetLine"), amountPence: 1, reason: "R" }],
    ] as [string, object][])
      expect([name, await act(name, input)]).toMatchObject([name, { code: "NOT_FOUND" }]);
  });
});

describe("money", () => {
  it("is committed, paid and given back, and the line says where it is", async () => {
    const first = await commit(60_000);
    expect(await line(from)).toEqual({
      allocatedPence: 100_000,
      committedPence: 60_000,
      spentPence: 0,
      availablePence: 40_000,
    });
    expect(await pay(first.id, 25_000)).toMatchObject({
      commitment: "OPEN",
      paidPence: 25_000,
      outstandingPence: 35_000,
    });
    expect(await line(from)).toMatchObject({ committedPence: 35_000, spentPence: 25_000, availablePence: 40_000 });
    expect((await pay(first.id, 35_001)).code).toBe("MORE_THAN_COMMITTED");
    expect(await act("releaseCommitment", { commitmentId: first.id })).toMatchObject({
      commitment: "RELEASED",
      outstandingPence: 0,
    });
    expect(await line(from)).toMatchObject({ committedPence: 0, spentPence: 25_000, availablePence: 75_000 });
    for (const late of [await pay(first.id, 1), await act("releaseCommitment", { commitmentId: first.id })])
      expect(late.code).toBe("COMMITMENT_NOT_OPEN");
    const second = await commit(75_000);
    expect(await pay(second.id, 75_000)).toMatchObject({ commitment: "SETTLED", outstandingPence: 0 });
    expect((await commit(1)).code).toBe("OVER_BUDGET");
  });

  it("is vired within one budget, and the sum stays", async () => {
    await commit(90_000);
    const vire = (amountPence: number, toLineId = to) =>
      act("vireFunds", { fromLineId: from, toLineId, amountPence, reason: "A larger cohort" });
    expect((await vire(10_001)).code).toBe("OVER_BUDGET");
    expect((await vire(10_000)).__typename).toBe("Virement");
    expect(await line(from)).toMatchObject({ allocatedPence: 90_000, availablePence: 0 });
    expect(await line(to)).toMatchObject({ allocatedPence: 60_000, availablePence: 60_000 });
    const other = await draft();
    const foreign = await addLine("x", 0, other);
    await act("approveBudget", { budgetId: other });
    expect((await vire(1, foreign)).code).toBe("BUDGET_STATUS_REFUSED");
  });

  it("moves once when the same is sent twice", async () => {
    const input = { lineId: from, amountPence: 100, description: "A", idempotencyKey: "k" };
    const first = await act("commitFunds", input);
    expect(await act("commitFunds", input)).toEqual(first);
    const paid = { commitmentId: first.id, amountPence: 40, paidOn: "2026-05-01", idempotencyKey: "p" };
    await act("payCommitment", paid);
    expect(await act("payCommitment", paid)).toMatchObject({ paidPence: 40 });
    expect((await act("payCommitment", { ...paid, amountPence: 41 })).code).toBe("INVALID_INPUT");
    expect(await line(from)).toMatchObject({ committedPence: 60, spentPence: 40 });
  });

  it("is added up by the graph", async () => {
    await commit(30_000);
    const { data } = await world.ask(
      office(),
      `query ($id: ID!) { budget(id: $id) { startsOn endsOn lines { aggregate { sum { ${amounts} } } nodes { code commitments { nodes { description line { code } payments { totalCount } } } } } } }`,
      { id: budgetId },
    );
    expect(data.budget).toMatchObject({ startsOn: "2026-04-01", endsOn: "2027-03-31" });
    expect(data.budget.lines.aggregate.sum).toEqual({
      allocatedPence: 150_000,
      committedPence: 30_000,
      spentPence: 0,
      availablePence: 120_000,
    });
  });
});

describe("who", () => {
  const leader = personViewer({
    personId: seedId("Person", "demo-person-3"),
    organisationId: seedId("Organisation", "demo-council-1"),
    roles: ["ALLIANCE_LEADER"],
  });
  const counts =
    "budgets { totalCount } budgetLines { totalCount } budgetCommitments { totalCount } budgetPayments { totalCount } virements { totalCount }";

  it("moves money is the office alone, also past the use cases' own rule", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst(), leader])
      for (const [name, input] of [
        ["draftBudget", { financialYear: 2026, title: "Mine" }],
        ["commitFunds", { lineId: from, amountPence: 1, description: "A" }],
        ["approveBudget", { budgetId }],
        ["vireFunds", { fromLineId: from, toLineId: to, amountPence: 1, reason: "R" }],
      ] as [string, object][])
        expect((await act(name, input, viewer)).code).toBe("NOT_ALLOWED");
    const { orm } = world;
    const raw = (viewer: Viewer, sql: string) => transact(orm.em, viewer, new Date(), ({ em }) => em.execute(sql));
    await expect(
      raw(
        leader,
        `insert into organisations.budget (id, financial_year, title, source) values (gen_random_uuid(), 2026, 'Mine', 'USER')`,
      ),
    ).rejects.toThrow(/row-level security/);
    for (const sql of [
      "update organisations.budget_line set allocated_pence = 0",
      "update organisations.budget_commitment set paid_pence = 0",
      "delete from organisations.budget_payment",
      "update organisations.virement set amount_pence = 1",
    ])
      await expect(raw(office(), sql)).rejects.toThrow(/permission denied/);
  });

  it("sees budgets is the office, analysts, the operations group and sponsors; nobody else", async () => {
    await pay((await commit(10)).id, 5);
    await act("vireFunds", { fromLineId: from, toLineId: to, amountPence: 1, reason: "R" });
    for (const viewer of [office(), analyst(), leader]) {
      const { data } = await world.ask(viewer, `{ ${counts} }`);
      for (const { totalCount } of Object.values<{ totalCount: number }>(data)) expect(totalCount).toBeGreaterThan(0);
    }
    for (const viewer of [anonymous, member(), lead()]) {
      const { data } = await world.ask(viewer, `{ ${counts} }`);
      for (const { totalCount } of Object.values<{ totalCount: number }>(data)) expect(totalCount).toBe(0);
    }
  });
});
