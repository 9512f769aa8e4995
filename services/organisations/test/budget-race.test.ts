import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";

// How the long run reaches a test.
const rounds = process.env["TEST_LONG"] === "1" ? 10 : 1;
let world: TestSubgraph;
let superuser: Client;
beforeAll(async () => {
  world = await startTestSubgraph(definition, [loadFounding, demonstrationLoad({ issuer: "http://127.0.0.1:4010" })]);
  superuser = new Client({ connectionString: world.database.url });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await world.stop();
});

async function act(name: string, input: object): Promise<any> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const { data, errors } = await world.ask(
    office(),
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on Node { id } ... on UserError { code } } }`,
    { input },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data[name];
}
async function approved(title: string, pence: readonly number[]): Promise<string[]> {
  const budgetId = (await act("draftBudget", { financialYear: 2026, title })).id;
  const lines: string[] = [];
  for (const [index, allocatedPence] of pence.entries())
    lines.push((await act("addBudgetLine", { budgetId, code: `l${index}`, title: "L", allocatedPence })).id);
  await act("approveBudget", { budgetId });
  return lines;
}
const random = (most: number) => 1 + Math.floor(Math.random() * most);

/** The lines that don't have what their history adds up to: what was drafted, vired, committed, paid and given back. */
const unreconciled = `
with paid as (
  select c.line_id, c.status, c.amount_pence,
    coalesce((select sum(p.amount_pence) from organisations.budget_payment p where p.commitment_id = c.id), 0) as paid
  from organisations.budget_commitment c)
select l.id from organisations.budget_line l
where l.allocated_pence <> l.drafted_pence
    + coalesce((select sum(v.amount_pence) from organisations.virement v where v.to_line_id = l.id), 0)
    - coalesce((select sum(v.amount_pence) from organisations.virement v where v.from_line_id = l.id), 0)
  or l.spent_pence <> coalesce((select sum(p.paid) from paid p where p.line_id = l.id), 0)
  or l.committed_pence <> coalesce((select sum(p.amount_pence - p.paid) from paid p where p.line_id = l.id and p.status <> 'RELEASED'), 0)`;

describe("a budget's lines", () => {
  it("stay at or above zero under 200 commitments, virements and payments at once, and reconcile to the penny", async () => {
    for (let round = 0; round < rounds; round++) {
      const lines = await approved(`Race ${round}`, [10_000, 10_000, 0]);
      const any = () => lines[Math.floor(Math.random() * lines.length)] as string;
      const open: string[] = [];
      for (let each = 0; each < 20; each++)
        open.push((await act("commitFunds", { lineId: lines[each % 2], amountPence: 100, description: "A" })).id);
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) => {
          const commitmentId = open[index % open.length];
          if (index % 4 === 0)
            return act("payCommitment", { commitmentId, amountPence: random(40), paidOn: "2026-05-01" });
          if (index % 40 === 1) return act("releaseCommitment", { commitmentId });
          if (index % 4 !== 2) return act("commitFunds", { lineId: any(), amountPence: random(500), description: "A" });
          const fromLineId = any();
          const toLineId = lines[(lines.indexOf(fromLineId) + 1) % lines.length];
          return act("vireFunds", { fromLineId, toLineId, amountPence: random(2000), reason: "R" });
        }),
      );
      const outcomes = new Set(answers.map(({ __typename }) => __typename));
      expect(outcomes).toContain("OverBudget");
      expect(outcomes).toContain("Virement");
      const below = await superuser.query("select id from organisations.budget_line where available_pence < 0");
      expect(below.rows).toEqual([]);
      expect((await superuser.query(unreconciled)).rows).toEqual([]);
    }
  }, 300_000);

  it("go below zero with the guard off, so that it is the guard that keeps them", async () => {
    const [line] = await approved("Unguarded", [1000]);
    await superuser.query("alter table organisations.budget_line drop constraint budget_line_available");
    try {
      await Promise.all(
        Array.from({ length: 20 }, () => act("commitFunds", { lineId: line, amountPence: 100, description: "A" })),
      );
      const below = await superuser.query(
        "select available_pence::int as left from organisations.budget_line where available_pence < 0",
      );
      expect(below.rows).toEqual([{ left: -1000 }]);
    } finally {
      await superuser.query("update organisations.budget_line set allocated_pence = 2000 where available_pence < 0");
      await superuser.query(
        "alter table organisations.budget_line add constraint budget_line_available check (allocated_pence - committed_pence - spent_pence >= 0)",
      );
    }
  });
});
