import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeGlobalId, globalIdPrefixes, type GlobalIdType, newGlobalId, newUuid } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildSchema, isInterfaceType, isObjectType } from "graphql";
import { Client } from "pg";
import { type RunningGraph, startGraph } from "../src/running-graph.ts";

const supergraph = buildSchema(readFileSync(join(import.meta.dirname, "../../../gateway/supergraph.graphql"), "utf8"), {
  assumeValid: true,
});
const node = supergraph.getType("Node");
const types = isInterfaceType(node) ? supergraph.getPossibleTypes(node).map(({ name }) => name as GlobalIdType) : [];

let graph: RunningGraph;
/** One id of each type that has a row, by type. */
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  graph = await startGraph(process.env);
  ids = await readIds();
}, 120_000);
afterAll(() => graph.stop(), 60_000);

/** As the server's administrator, from the tables: by no way that the graph itself goes. */
async function readIds(): Promise<Map<string, string>> {
  const client = new Client(graph.adminUrl());
  await client.connect();
  try {
    // What the demonstration has none of.
    await client.query(`
      insert into organisations.import_run (id, file_name, file_sha256, file_bytes, as_at, started_by)
        values ('01900000-0000-7000-8000-000000000001', 'f', repeat('0', 64), 1, '2026-01-01', 'x');
      insert into organisations.import_refusal (run_id, line, reason, message)
        values ('01900000-0000-7000-8000-000000000001', 1, 'NO_NAME', 'm')`);
    const { rows } = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' order by table_schema <> 'organisations'`,
    );
    const found = new Map<string, string>();
    for (const type of types) {
      const name = type.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
      const table = rows.find((row) => row.name === name);
      const text = table
        ? `select id::text as id from "${table.schema}"."${table.name}" order by id limit 1`
        : `select id from organisations.work_item where id like '${globalIdPrefixes[type]}%' order by id limit 1`;
      const [row] = (await client.query<{ id: string }>(text)).rows;
      if (row) found.set(type, row.id.includes("_") ? row.id : encodeGlobalId(type, row.id));
    }
    return found;
  } finally {
    await client.end();
  }
}

const ask = async (query: string, variables: object, as: string | null) => {
  const answer = await graph.ask(query, { variables, as });
  expect(answer.errors).toBeUndefined();
  return answer.data;
};
const byIds = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
const seenBy = async (as: string | null) => {
  const { nodes } = await ask(byIds, { ids: [...ids.values()] }, as);
  return (nodes as ({ __typename: string } | null)[]).flatMap((found) => (found === null ? [] : [found.__typename]));
};

describe("node and nodes", () => {
  it("resolve every type that has global ids, whichever service owns it", async () => {
    const isPublic = (name: string) =>
      supergraph.getType(name)?.astNode?.directives?.every((directive) => directive.name.value !== "inaccessible");
    const named = Object.keys(globalIdPrefixes).filter(
      (name) => isObjectType(supergraph.getType(name)) && isPublic(name),
    );
    expect(types.toSorted()).toEqual(named.toSorted());
    expect(types.filter((type) => !ids.has(type))).toEqual([]);
    expect(await seenBy("office")).toEqual(types);
  });

  const people = [
    "Booking",
    "Completion",
    "Enrolment",
    "FacultyMembership",
    "Membership",
    "Person",
    "RollOutSite",
    "Score",
    "Secondment",
    "SupportRequest",
    "TeachingRecord",
    "SupportRequestAssessment",
  ];
  const criteria = ["CriteriaSet", "Criterion"];
  const money = ["Budget", "BudgetCommitment", "BudgetLine", "BudgetPayment", "Virement"];
  const imports = ["ImportRefusal", "ImportRun"];
  const personal = [...people, ...money, ...imports];
  it.each([
    // The first of the workbook's chapters is of an edition that is not yet published.
    [null, [...personal, ...criteria, "Metric", "Reading", "Review", "WorkbookChapter"]],
    // The first of the requests for support is their own.
    ["member", [...personal.filter((type) => type !== "SupportRequest"), "WorkbookChapter"]],
    ["partner", [...personal, "WorkbookChapter"]],
    ["analyst", [...imports, "WorkbookChapter"]],
  ])("give %s null where the owner's rules hide the row", async (as, hidden) => {
    const seen = await seenBy(as);
    expect(types.filter((type) => !seen.includes(type)).sort()).toEqual(hidden.toSorted());
  });

  it("answer for what is hidden as for what was never there", async () => {
    const forms = ["{ id }", "{ __typename ... on Booking { status } }", "{ ... on Booking { position } }"];
    for (const form of forms) {
      const query = `query ($id: ID!) { node(id: $id) ${form} }`;
      const hidden = await graph.ask(query, { variables: { id: ids.get("Booking") }, as: "member" });
      const absent = await graph.ask(query, { variables: { id: newGlobalId("Booking") }, as: "member" });
      expect(hidden).toEqual(absent);
      expect(JSON.stringify(absent.data)).toMatch(/^\{"node":(null|\{"position":null\})\}$/);
    }
  });

  it("reach what other services add to a thing, through its owner alone", async () => {
    const query = "query ($id: ID!) { node(id: $id) { ... on Event { cpdMinutes bookings { totalCount } } } }";
    const { node: event } = await ask(query, { id: seedId("Event", "demo-event-1") }, "office");
    expect(event).toEqual({ cpdMinutes: expect.any(Number), bookings: { totalCount: expect.any(Number) } });
    const before = await graph.statements();
    await ask(query, { id: newGlobalId("Event") }, "office");
    const after = await graph.statements();
    const asked = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(asked).toEqual(["events"]);
  });

  it("keep the order, repeat what is asked twice, and give null for each that is not there", async () => {
    const [event, venue] = [ids.get("Event"), ids.get("Venue")];
    const asked = [venue, newGlobalId("Venue"), event, encodeGlobalId("Unit", newUuid()), venue];
    const { nodes } = await ask(byIds, { ids: asked }, "office");
    expect((nodes as ({ id: string } | null)[]).map((found) => found?.id)).toEqual([
      venue,
      undefined,
      event,
      undefined,
      venue,
    ]);
  });

  it("refuse what is no global id, beside what is, and more than 100", async () => {
    const mixed = await graph.ask(byIds, { variables: { ids: ["evt_1", ids.get("Event")] } });
    expect(mixed.errors).toMatchObject([{ path: ["nodes", 0], extensions: { code: "BAD_USER_INPUT" } }]);
    expect(mixed.data.nodes).toEqual([null, { __typename: "Event", id: ids.get("Event") }]);
    const many = await graph.ask(byIds, { variables: { ids: Array.from({ length: 101 }, () => ids.get("Event")) } });
    expect(many.errors).toMatchObject([{ path: ["nodes"], extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("cost one statement a type, not one a row", async () => {
    const events = (
      (await ask("{ events(first: 20) { nodes { id } } }", {}, null)).events.nodes as { id: string }[]
    ).map(({ id }) => id);
    const cost = async (asked: string[]) => {
      await ask(byIds, { ids: asked }, null);
      const before = (await graph.statements())["events"] ?? 0;
      await ask(byIds, { ids: asked }, null);
      return ((await graph.statements())["events"] ?? 0) - before;
    };
    expect(await cost(events)).toBe(await cost(events.slice(0, 1)));
  });
});
