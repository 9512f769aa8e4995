import { encodeGlobalId, globalIdPrefixes, type GlobalIdType } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { lead, member, office, startTestSubgraph, type TestSubgraph, walkForeignRows } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph } from "../src/schema.ts";

/** What a member ($1) and the lead of an organisation ($2; null for a member) may know of, of each table that has secrets. */
const truth: Readonly<Record<string, string>> = {
  account: "false",
  budget: "false",
  budget_commitment: "false",
  budget_line: "false",
  budget_payment: "false",
  criteria_set: "status <> 'DRAFT'",
  criterion: "criteria_set_id in (select id from organisations.criteria_set where status <> 'DRAFT')",
  import_refusal: "false",
  import_run: "false",
  membership: "person_id = $1 or organisation_id = $2",
  person: `id = $1 or id in (select person_id from organisations.membership
    where organisation_id = $2 and status is distinct from 'LEFT')`,
  score: "false",
  secondment: "person_id = $1 or $2 in (home_id, host_id)",
  support_request: "requested_by_person_id = $1 or requested_by_id = $2",
  support_request_assessment: "false",
  support_request_moderation: "false",
  virement: "false",
};
/** What no operation reads by an id: the kit's own, which `once.test.ts` and the bus's tests hold, and what an import lays out. */
const ofNoOperation = ["idempotency_key", "inbox", "migration", "ods_anchor", "ods_row", "outbox"];
const types = new Map(
  (Object.keys(globalIdPrefixes) as GlobalIdType[]).map((type) => [
    type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase(),
    type,
  ]),
);

const keyOf = (table: string): string => (table === "support_request_moderation" ? "support_request_id" : "id");

let both: TestSubgraph;
let applicationAlone: TestSubgraph;
let superuser: Client;
beforeAll(async () => {
  const loads = [loadFounding, demonstrationLoad({ issuer: "http://127.0.0.1:4010" })];
  [both, applicationAlone] = await Promise.all([
    startTestSubgraph(subgraph, loads),
    startTestSubgraph(subgraph, loads),
  ]);
  superuser = new Client({ connectionString: both.database.url });
  const other = new Client({ connectionString: applicationAlone.database.url });
  await Promise.all([superuser.connect(), other.connect()]);
  for (const client of [superuser, other])
    await client.query(`
      insert into organisations.import_run (id, file_name, file_sha256, file_bytes, as_at, started_by)
        values ('01900000-0000-7000-8000-000000000001', 'f', repeat('0', 64), 1, '2026-01-01', 'x');
      insert into organisations.import_refusal (run_id, line, reason, message)
        values ('01900000-0000-7000-8000-000000000001', 1, 'NO_NAME', 'm')`);
  for (const table of Object.keys(truth))
    await other.query(`alter table organisations.${table} disable row level security`);
  await other.end();
});
afterAll(async () => {
  await superuser.end();
  await Promise.all([both.stop(), applicationAlone.stop()]);
});

const uuid = (id: string | null): string | null => id?.slice(4) ?? null;
const viewers: readonly (readonly [string, Viewer, string | null])[] = [
  ["a member", member(), null],
  ["a lead", lead(), uuid(lead().organisationId)],
];

/** The ids in a table that a viewer may not know of, or may. */
async function idsOf(table: string, viewer: Viewer, leads: string | null, known: boolean): Promise<string[]> {
  const condition = `coalesce(${truth[table] ?? "true"}, false) = ${known}`;
  const { rows } = await superuser.query<{ id: string }>(
    `select ${keyOf(table)} as id from organisations.${table} where $1::uuid is distinct from $2::uuid and ${condition}`,
    [uuid(viewer.personId), leads],
  );
  return rows.map(({ id }) => id);
}

/** The rows of every table that has a type in the graph. */
async function idsByType(viewer: Viewer, leads: string | null, known: boolean): Promise<Map<GlobalIdType, string[]>> {
  const found = new Map<GlobalIdType, string[]>();
  for (const [table, type] of types) {
    const { rows } = await superuser.query("select to_regclass($1) as there", [`organisations.${table}`]);
    if (rows[0].there === null) continue;
    const ids = await idsOf(table, viewer, leads, known);
    if (ids.length > 0)
      found.set(
        type,
        ids.map((id) => encodeGlobalId(type, id)),
      );
  }
  return found;
}

describe("the rows of others", () => {
  it("are told of for every table that not everybody reads", async () => {
    const { rows } = await superuser.query<{ tablename: string }>(
      `select tablename from pg_tables t where schemaname = 'organisations' and not exists (
         select from pg_policies p where p.schemaname = t.schemaname and p.tablename = t.tablename and p.cmd = 'SELECT' and p.qual = 'true'
           and 'public' = any(p.roles))`,
    );
    const told = [...Object.keys(truth), ...ofNoOperation];
    expect(rows.map(({ tablename }) => tablename).filter((name) => !told.includes(name))).toEqual([]);
    expect(told.filter((name) => !rows.some(({ tablename }) => tablename === name))).toEqual([]);
  });

  it.each(viewers)("are hidden from %s, and out of reach, by row-level security alone", async (_, viewer, leads) => {
    const service = new Client({ connectionString: both.database.services["organisations"]?.databaseUrl });
    await service.connect();
    try {
      const asViewer = async (text: string, values: unknown[] = []) => {
        await service.query("begin");
        await service.query(
          `select set_config('app.kind', $1, true), set_config('app.person', $2, true),
             set_config('app.organisation', $3, true), set_config('app.scopes', $4, true)`,
          [viewer.kind, uuid(viewer.personId), uuid(viewer.organisationId), [...viewer.scopes].join(" ")],
        );
        try {
          return await service.query<{ id: string }>(text, values);
        } finally {
          await service.query("rollback");
        }
      };
      for (const table of Object.keys(truth)) {
        const { rows } = await asViewer(`select ${keyOf(table)} as id from organisations.${table}`);
        expect([table, rows.map(({ id }) => id).toSorted()]).toEqual([
          table,
          (await idsOf(table, viewer, leads, true)).toSorted(),
        ]);
        const hidden = await idsOf(table, viewer, leads, false);
        for (const change of ["delete from %", "update % set source = source", "update % set status = status"]) {
          const text = `${change.replace("%", `organisations.${table}`)} where ${keyOf(table)} = any($1)`;
          const changed = await asViewer(text, [hidden]).then(
            ({ rowCount }) => rowCount,
            // No right to the table or column, or no such column.
            ({ code }: { code: string }) => (["42501", "42703"].includes(code) ? 0 : code),
          );
          expect([text, changed]).toEqual([text, 0]);
        }
      }
    } finally {
      await service.end();
    }
  });

  const worlds = [
    ["both", () => both],
    ["the application alone", () => applicationAlone],
  ] as const;
  const cases = worlds.flatMap(([guard, world]) =>
    viewers.map(([name, viewer, leads]) => ({ guard, world, name, viewer, leads })),
  );
  it.each(cases)("are nothing to any operation of $name, by $guard", async ({ world, viewer, leads }) => {
    const hidden = await idsByType(viewer, leads, false);
    const known = await idsByType(viewer, leads, true);
    const before = await sum(world(), hidden);
    const { shown, told, asked } = await walkForeignRows({ world: world(), subgraph, viewer, hidden, known, samples });
    expect({ shown, told }).toEqual({ shown: [], told: [] });
    expect(asked).toBeGreaterThan(200);
    expect(await sum(world(), hidden)).toEqual(before);
  });

  it("would be noticed: to those who may, the same walk tells of every type, in every mutation that takes it", async () => {
    const hidden = await idsByType(lead(), uuid(lead().organisationId), false);
    const known = await idsByType(lead(), uuid(lead().organisationId), true);
    const viewer = personViewer({
      personId: office().personId as string,
      organisationId: office().organisationId,
      roles: ["OFFICE", "ALLIANCE_LEADER", "OPERATIONS_GROUP"],
    });
    const { shown, told } = await walkForeignRows({ world: both, subgraph, viewer, hidden, known, samples });
    expect(noticed.filter((one) => ![...shown, ...told].includes(one))).toEqual([]);
  });
});

/** What has ids that are secrets. */
const noticed =
  `people, importRuns, importRun(id) of ImportRun, memberships, secondments, supportRequests, budgets, budgetLines, virements, budgetCommitments, budgetPayments,
Organisation.memberships, Organisation.supportRequests, person(id) of Person, supportRequest(id) of SupportRequest, budget(id) of Budget,
people(where.id) of Person, memberships(where.personId) of Person, budgetLines(where.budgetId) of Budget,
budgetCommitments(where.lineId) of BudgetLine, budgetPayments(where.commitmentId) of BudgetCommitment,
startScoping(supportRequestId) of SupportRequest, assessSupportRequest(supportRequestId) of SupportRequest,
sponsorSupportRequest(supportRequestId) of SupportRequest, acceptSupportRequest(supportRequestId) of SupportRequest,
declineSupportRequest(supportRequestId) of SupportRequest, withdrawSupportRequest(supportRequestId) of SupportRequest,
approveBudget(budgetId) of Budget, closeBudget(budgetId) of Budget, commitFunds(lineId) of BudgetLine,
payCommitment(commitmentId) of BudgetCommitment, releaseCommitment(commitmentId) of BudgetCommitment,
${[
  "Membership",
  "Person",
  "Secondment",
  "SupportRequest",
  "Budget",
  "BudgetLine",
  "BudgetCommitment",
  "BudgetPayment",
  "Virement",
]
  .map((type) => `reference of ${type}`)
  .join(", ")}`.split(/,\s+/);
/** Another line than the one in question. */
const samples = { "vireFunds.toLineId": encodeGlobalId("BudgetLine", "00000000-0000-7000-8000-000000000000") };

/** What the hidden rows are, all columns. */
async function sum(world: TestSubgraph, hidden: ReadonlyMap<GlobalIdType, readonly string[]>): Promise<unknown[]> {
  const client = new Client({ connectionString: world.database.url });
  await client.connect();
  try {
    const sums: unknown[] = [];
    for (const table of Object.keys(truth)) {
      const ids = hidden.get(types.get(table) as GlobalIdType)?.map(uuid) ?? null;
      const { rows } = await client.query(
        `select count(*), md5(string_agg(t::text, ',' order by ${keyOf(table)})) from organisations.${table} t where $1::uuid[] is null or ${keyOf(table)} = any($1)`,
        [ids],
      );
      sums.push([table, rows[0]]);
    }
    return sums;
  } finally {
    await client.end();
  }
}
