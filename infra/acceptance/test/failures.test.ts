import { setTimeout as delay } from "node:timers/promises";
import { newUuid } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import { isRunning } from "@clic/supervisor";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { type RunningGraph, startGraph } from "../src/running-graph.ts";

let graph: RunningGraph;
let database: pg.Pool;
let priorityId: string;
beforeAll(async () => {
  graph = await startGraph(process.env);
  database = new pg.Pool({ connectionString: graph.adminUrl(), max: 1 });
  // It ends with the server that is killed here.
  database.on("error", () => {});
  priorityId = (await data("{ priorities(first: 1) { nodes { id } } }")).priorities.nodes[0].id;
}, 120_000);
afterAll(async () => {
  await database?.end();
  await graph?.stop();
}, 60_000);

const data = async (query: string, options?: Parameters<RunningGraph["ask"]>[1]) => {
  const answer = await graph.ask(query, options);
  expect(answer.errors).toBeUndefined();
  return answer.data;
};

/** Looks until it is so, for 40 s at most; what was seen last. */
async function eventually<Value>(look: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const value = await look();
    if (isSo(value) || Date.now() > deadline) return value;
    await delay(100);
  }
}

/** Kills exactly the process that is recorded under this name; resolves when it is gone. */
async function killHard(name: string): Promise<void> {
  const victim = graph.recorded(name);
  expect(isRunning(victim)).toBe(true);
  process.kill(victim.pid, "SIGKILL");
  while (isRunning(victim)) await delay(1);
}

/** A copy of the demonstration's one assessed request: there is only one assessor to sign in as. */
async function copyAssessedRequest(): Promise<string> {
  const [id, original] = [newUuid(), seedId("SupportRequest", "demo-request-4").replace("req_", "")];
  await database.query(
    `insert into organisations.support_request (id, requested_by_id, title, need, received_on, status, criteria_set_id, score, source)
     select $1, requested_by_id, 'A copy', need, received_on, 'ASSESSED', criteria_set_id, score, source
       from organisations.support_request where id = $2`,
    [id, original],
  );
  return `req_${id}`;
}

async function sponsor(supportRequestId: string): Promise<void> {
  const { sponsorSupportRequest } = await data(
    "mutation ($input: SponsorSupportRequestInput!) { sponsorSupportRequest(input: $input) { __typename } }",
    { as: "lead", variables: { input: { supportRequestId } } },
  );
  expect(sponsorSupportRequest).toEqual({ __typename: "SupportRequest" });
}

/** Accepts it as an RPIW. The work item's id. */
async function accept(supportRequestId: string): Promise<string> {
  const input = { supportRequestId, workItemType: "Rpiw", strategy: "PRODUCTION_SYSTEM", priorityIds: [priorityId] };
  const { acceptSupportRequest } = await data(
    "mutation ($input: AcceptSupportRequestInput!) { acceptSupportRequest(input: $input) { ... on SupportRequest { outcome { id } } } }",
    { as: "office", variables: { input } },
  );
  return acceptSupportRequest.outcome.id;
}

/** The detail arrives, once: one fact, handled once, one phase entered. Accepting again changes nothing. */
async function expectDetailOnce(requestId: string, rpiwId: string): Promise<void> {
  const detail = async () => {
    const answer = await graph.ask(
      "query ($id: ID!) { workItem(id: $id) { ... on Rpiw { phase phaseHistory { phase } } } }",
      { as: "office", variables: { id: rpiwId } },
    );
    return answer.data?.workItem;
  };
  expect(await eventually(detail, (item) => item?.phase != null)).toEqual({
    phase: "PROPOSED",
    phaseHistory: [{ phase: "PROPOSED" }],
  });
  expect(await accept(requestId)).toBe(rpiwId);
  const { rows } = await database.query(
    `select count(distinct o.id)::int as told, count(i.fact_id)::int as handled
       from organisations.outbox o left join production_system.inbox i
         on i.fact_id = o.id and i.consumer = 'production-system.rpiw-detail'
      where o.data ->> 'supportRequestId' = $1`,
    [requestId],
  );
  expect(rows).toEqual([{ told: 1, handled: 1 }]);
}

async function expectAllReachable(): Promise<void> {
  const health = async () => {
    const reply = await fetch(graph.url.replace("graphql", "health/ready"));
    return (await reply.json()) as { status: string; subgraphs: Record<string, string> };
  };
  const all = ({ subgraphs }: Awaited<ReturnType<typeof health>>) =>
    Object.values(subgraphs).every((state) => state === "reachable");
  expect(await eventually(health, all)).toMatchObject({ status: "ready" });
  expect(all(await health())).toBe(true);
}

const told = (text: string | RegExp) =>
  eventually(
    () => Promise.resolve(graph.printed()),
    (printed) => printed.search(text) >= 0,
  );
const errorsOf = ({ errors = [] }: Awaited<ReturnType<RunningGraph["ask"]>>) =>
  errors.map(({ extensions }) => [extensions?.code, extensions?.service]);

describe("an accepted request becomes delivery detail exactly once, and the graph goes on,", () => {
  it("while Production System, which is told of it, is away", async () => {
    const request = await copyAssessedRequest();
    await sponsor(request);
    await killHard("production-system");
    // Asked at once, since the supervisor waits no longer than a second before it starts the service again.
    const [answer, rpiw] = await Promise.all([
      graph.ask(
        `query ($id: ID!) { workItem(id: $id) { title ... on Rpiw { phase events(first: 1) { totalCount } } } }`,
        {
          variables: { id: seedId("Rpiw", "demo-rpiw-1") },
        },
      ),
      accept(request),
    ]);
    expect(answer.data).toEqual({
      workItem: { title: expect.any(String), phase: null, events: { totalCount: expect.any(Number) } },
    });
    expect(errorsOf(answer)).toEqual([["SUBGRAPH_UNAVAILABLE", "production-system"]]);

    await expectDetailOnce(request, rpiw);
    expect(await told("production-system is ready again.")).toContain("production-system died (SIGKILL");
    await expectAllReachable();
  }, 60_000);

  it("when Production System is killed while it is being told", async () => {
    const request = await copyAssessedRequest();
    await sponsor(request);
    const rpiw = await accept(request);
    await killHard("production-system");
    await expectDetailOnce(request, rpiw);
    await expectAllReachable();
  }, 60_000);

  it("when Organisations is killed as soon as it has accepted", async () => {
    // The demonstration's own: that Organisations loads it again must not undo what became of it.
    const request = seedId("SupportRequest", "demo-request-4");
    await sponsor(request);
    const rpiw = await accept(request);
    await killHard("organisations");
    const others = await graph.ask(
      "{ workItems { totalCount } events(first: 1) { nodes { status host { name } } } rpiws { totalCount } }",
    );
    expect(others.data).toEqual({
      workItems: null,
      events: { nodes: [{ status: expect.any(String), host: null }] },
      rpiws: { totalCount: expect.any(Number) },
    });
    expect(errorsOf(others)).toEqual([["SUBGRAPH_UNAVAILABLE", "organisations"]]);
    expect(await told("organisations is ready again.")).toContain("organisations died (SIGKILL");
    await expectDetailOnce(request, rpiw);
    await expectAllReachable();
  }, 60_000);

  it("when PostgreSQL is killed as soon as the answer is there", async () => {
    const request = await copyAssessedRequest();
    await sponsor(request);
    const rpiw = await accept(request);
    await killHard("postgres");
    const away = await graph.ask("{ workItems(first: 1) { totalCount } }");
    expect(errorsOf(away)).toEqual([["UNAVAILABLE", "organisations"]]);
    expect(await told("PostgreSQL runs again.")).toContain("PostgreSQL ended by itself.");
    await expectDetailOnce(request, rpiw);
    await expectAllReachable();
    // Nothing but what was killed has died of it.
    expect(graph.printed().match(/^\S.* died /gm)).toHaveLength(3);
  }, 60_000);
});
