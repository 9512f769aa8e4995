import { readFileSync } from "node:fs";
import { join } from "node:path";
import { seedId } from "@clic/seed-data";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildSchema, getNamedType } from "graphql";
import { type CountyGraph, startCountyGraph } from "../src/plans/county-graph.ts";
import type { RunStatement } from "../src/plans/plan-log.ts";
import { planFindings, printPlan } from "../src/plans/plan.rules.ts";

/** With full counts ten times as much: what is bounded by a page reads the same. */
const scale = process.env["TEST_LONG"] === "1" ? "nation/10" : "county";
const root = join(import.meta.dirname, "../../..");
/** What a lead sees is their organisation's, and in no order that an index has: so many rows may be read for it. */
const ofAnOrganisation = 10_000;
const viewers = ["anonymous", "member", "lead", "office", "analyst"];

interface FrontEndQuery {
  readonly file: string;
  /** SQL for its variables: of what has the most of everything, not of the first. */
  readonly variables?: string;
}

const queries: readonly FrontEndQuery[] = [
  { file: "infra/acceptance/queries/01-home.graphql" },
  {
    file: "infra/acceptance/queries/02-event-page.graphql",
    variables: `select 'evt_' || id as id from events.event
      where status = 'PUBLISHED' and work_item_id is not null and venue_id is not null order by confirmed desc, id limit 1`,
  },
  {
    file: "infra/acceptance/queries/04-workstream.graphql",
    variables: `select code from organisations.workstream w
      order by (select count(*) from organisations.work_item_workstream t where t.workstream_id = w.id) desc limit 1`,
  },
  { file: "infra/acceptance/queries/06-sustained-improvement.graphql" },
  { file: "infra/acceptance/queries/07-demand.graphql" },
  {
    file: "infra/benchmark/queries/upcoming-events.graphql",
    variables: `select kind, '2026-12-01T00:00:00Z' as "from", '2027-03-01T00:00:00Z' as "to" from events.event
      where status = 'PUBLISHED' and kind is not null group by 1 order by count(*) desc limit 1`,
  },
];

let county: CountyGraph;
let headers: Record<string, string>;
beforeAll(async () => {
  county = await startCountyGraph(process.env, scale);
  // Whoever leads a small practice of the demonstration leads a middling organisation as well, and acts for it.
  const { rows } = await county.admin.query<{ id: string }>(
    `insert into organisations.membership (id, organisation_id, person_id, roles, status, starts_on, source)
     select gen_random_uuid(), organisation_id, $1, '{LEAD}', 'ACTIVE', '2020-01-01', 'DEMO'
       from organisations.membership group by organisation_id order by count(*) desc, organisation_id offset 20 limit 1 returning 'org_' || organisation_id as id`,
    [seedId("Person", "lead").replace("per_", "")],
  );
  headers = { "x-acting-organisation": rows[0]?.id as string };
}, 900_000);
afterAll(() => county?.stop(), 60_000);

async function run(texts: readonly string[], as: string, variables: object = {}): Promise<readonly RunStatement[]> {
  const before = await county.graph.statements();
  const statements = await county.plans.during(async () => {
    for (const text of texts) {
      const viewer = as === "anonymous" ? { as: null } : as === "lead" ? { as, headers } : { as };
      const answer = await county.graph.ask(text, { ...viewer, variables });
      // Others may be refused a field; whom the query is for may not.
      if (text.includes(`# as: ${as}\n`)) expect(answer.errors).toBeUndefined();
      expect(answer.data).toBeTruthy();
    }
  });
  // None has escaped: what the services say that they have sent, the server has written down.
  for (const [service, sent] of Object.entries(await county.graph.statements())) {
    const logged = statements.filter(({ role }) => role === `${service.replace("-", "_")}_service`);
    expect(logged.length).toBeGreaterThanOrEqual(sent - (before[service] ?? 0));
  }
  return statements;
}

/** Each once: the second time says the same. */
function findings(statements: readonly RunStatement[], few?: number): string[] {
  const found = statements.flatMap(({ role, text, parameters, plan }) => {
    const said = planFindings(plan, county.rowsOf, few);
    return said.length === 0
      ? []
      : [[text, `${role} ${said.join(", ")}\n${text}\n${parameters.slice(0, 500)}\n${printPlan(plan)}`] as const];
  });
  return [...new Map(found).values()];
}

async function runQuery({ file, variables }: FrontEndQuery, as: string): Promise<readonly RunStatement[]> {
  const given = variables === undefined ? {} : (await county.admin.query<object>(variables)).rows[0];
  const text = readFileSync(join(root, file), "utf8");
  // Twice: a service has prepared by then what it sends.
  return await run([text, text], as, given);
}

describe(`on the data of a ${scale}, under row-level security, every statement reads by an index and no more than its page takes`, () => {
  const named = queries.flatMap((query) => viewers.map((as) => ({ ...query, as })));
  it.each(named)("of $file, asked by $as", async ({ as, ...query }) => {
    const statements = await runQuery(query, as);
    expect(statements.length).toBeGreaterThan(0);
    expect(findings(statements)).toEqual([]);
  });

  const schema = buildSchema(readFileSync(join(root, "packages/graph-client/schema.graphql"), "utf8"));
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ type }) =>
    getNamedType(type).name.endsWith("Connection"),
  );
  it.each(viewers)("of each list's first page, asked by %s", async (as) => {
    expect(lists.length).toBeGreaterThan(20);
    const statements = await run(
      lists.map(({ name }) => `{ ${name} { nodes { __typename } } }`),
      as,
    );
    expect(findings(statements, as === "lead" ? ofAnOrganisation : undefined)).toEqual([]);
  });

  it.each([
    {
      what: "an index is gone",
      query: queries[0] as FrontEndQuery,
      change: "drop index events.event_by_work_item",
      back: "create index event_by_work_item on events.event (work_item_id, starts_at, id)",
      finding: /^events_service reads \d+ rows to answer \d+\n/,
    },
    {
      what: "a policy reads a whole table",
      query: queries[2] as FrontEndQuery,
      change:
        "alter policy event_workstream_read on events.event_workstream using (event_id in (select e.id from events.event e))",
      back: "alter policy event_workstream_read on events.event_workstream using (exists (select from events.event e where e.id = event_id))",
      finding: /^events_service scans all \d+ rows of events.event, reads \d+ rows to answer \d+\n/,
    },
  ])("and would be found out when $what", async ({ query, change, back, finding }) => {
    await county.admin.query(change);
    try {
      expect(findings(await runQuery(query, "anonymous"))).toContainEqual(expect.stringMatching(finding));
    } finally {
      await county.admin.query(back);
    }
    expect(findings(await runQuery(query, "anonymous"))).toEqual([]);
  });
});
