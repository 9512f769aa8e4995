import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { newUuid } from "@clic/global-id";
import { personViewer, signSubgraphToken } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";

const key = randomBytes(32);
let world: TestSubgraph;
let superuser: Client;
beforeAll(async () => {
  world = await startTestSubgraph(definition, [loadFounding, demonstrationLoad({ issuer: "http://127.0.0.1:4010" })]);
  superuser = new Client({ connectionString: world.database.url });
  await superuser.connect();
}, 120_000);
afterAll(async () => {
  await superuser.end();
  await world.stop();
});

const running: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(
    running.splice(0).map(async (child) => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    }),
  );
});

/** The service as a process of its own, beside others on the same database; its address. */
async function startProcess(nodeArguments: readonly string[] = []): Promise<string> {
  const main = join(import.meta.dirname, "../src/main.ts");
  const child = spawn(process.execPath, [...nodeArguments, main], {
    env: {
      PORT: "0",
      DATABASE_URL: world.database.services["organisations"]?.databaseUrl,
      SUBGRAPH_KEY: key.toString("base64url"),
      POOL_SIZE: "25",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  running.push(child);
  for await (const chunk of child.stdout as Readable) {
    const line = String(chunk)
      .split("\n")
      .find((one) => one.includes('"listening"'));
    if (line !== undefined) return (JSON.parse(line) as { url: string }).url;
  }
  throw new Error("It ended before it listened.");
}

const assessor = personViewer({
  personId: seedId("Person", "demo-person-2"),
  organisationId: seedId("Organisation", "CLIC"),
  roles: ["OPERATIONS_GROUP"],
});

/** A request that only waits to be accepted. */
async function readyRequest(): Promise<string> {
  const id = newUuid();
  await superuser.query(
    `insert into organisations.support_request (id, requested_by_id, title, need, received_on, status, score, sponsor_id, source)
     values ($1, $2, 'Race', 'Need', now(), 'ASSESSED', 80, $3, 'USER')`,
    [id, seedId("Organisation", "demo-practice-1").slice(4), seedId("Person", "demo-person-3").slice(4)],
  );
  return `req_${id}`;
}

/** Accepts a request fifty times at once, by two people through two processes; what each was answered. */
async function acceptFifty(supportRequestId: string, addresses: readonly string[]): Promise<any[]> {
  const priorityIds = [seedId("Priority", "demo-safe-care")];
  return await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const input = {
        supportRequestId,
        workItemType: "Rpiw",
        strategy: "PRODUCTION_SYSTEM",
        priorityIds,
        title: `Called ${index}`,
      };
      const body = JSON.stringify({
        query: `mutation ($input: AcceptSupportRequestInput!) { acceptSupportRequest(input: $input) { __typename ... on SupportRequest { outcome { id } } } }`,
        variables: { input },
      });
      const viewer = index % 3 === 0 ? office() : assessor;
      const token = signSubgraphToken({ viewer, subgraph: "organisations", key, body, now: Date.now() });
      const reply = await fetch(`${addresses[index % addresses.length]}/graphql`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body,
      });
      return ((await reply.json()) as { data?: { acceptSupportRequest?: any } }).data?.acceptSupportRequest ?? null;
    }),
  );
}

async function madeOf(id: string): Promise<{ items: number; facts: number }> {
  const { rows } = await superuser.query(
    `select (select count(*)::int from organisations.work_item where support_request_id = $1) as items,
       (select count(*)::int from organisations.outbox where aggregate_id = $2) as facts`,
    [id.slice(4), id],
  );
  return rows[0];
}

const unlocked = ["--import", join(import.meta.dirname, "without-row-locks.process.ts")];

describe("a request that fifty accept at once, over HTTP, in two processes", () => {
  it("makes exactly one work item and one fact, and answers all fifty with it; once more, nothing changes", async () => {
    const addresses = await Promise.all([startProcess(), startProcess()]);
    const id = await readyRequest();
    const answers = [...(await acceptFifty(id, addresses)), ...(await acceptFifty(id, addresses))];
    expect(answers.filter((answer) => answer?.__typename !== "SupportRequest")).toEqual([]);
    expect(new Set(answers.map(({ outcome }) => outcome.id)).size).toBe(1);
    expect(await madeOf(id)).toEqual({ items: 1, facts: 1 });
  }, 120_000);

  it("makes one even where nobody takes turns, since the database has room for one", async () => {
    const id = await readyRequest();
    const answers = await acceptFifty(id, await Promise.all([startProcess(unlocked), startProcess(unlocked)]));
    expect(answers).toContain(null);
    expect(await madeOf(id)).toEqual({ items: 1, facts: 1 });
  }, 120_000);

  // The last: what it makes, the constraint would not take back.
  it("makes several with both guards off, so that it is the guards that keep it to one", async () => {
    const id = await readyRequest();
    await superuser.query("alter table organisations.work_item drop constraint work_item_one_a_request");
    await acceptFifty(id, await Promise.all([startProcess(unlocked), startProcess(unlocked)]));
    const { items, facts } = await madeOf(id);
    expect(items).toBeGreaterThan(1);
    expect(facts).toBe(items);
  }, 120_000);
});
