import { setTimeout as delay } from "node:timers/promises";
import { anonymousViewer, personViewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { startGraph, type RunningGraph } from "../../../acceptance/src/running-graph.ts";
import type { BenchmarkOptions } from "../benchmark-options.ts";
import { askOnce, type Contender } from "./contender.ts";
import { type CountyDatabase, openCountyDatabase } from "./county-database.ts";
import { openStatementCounter } from "./count-statements.ts";
import { type GraphQuery, readGraphQueries } from "./graph-queries.ts";
import { loadRound, type Round, warmUp } from "./load.ts";
import { startPeers } from "./peers.ts";
import { postgresGroup, processGroup, type ProcessGroup } from "./processes.ts";
import { printRounds } from "./report.ts";
import { firstDifference, plain } from "./same-answer.ts";

/** Fewer would be told by chance, however long they take. */
const fewestRequests = 48;
const services = ["organisations", "education-learning", "production-system", "leadership", "events"];
const viewers = {
  anonymous: anonymousViewer,
  member: personViewer({
    personId: seedId("Person", "member"),
    organisationId: seedId("Organisation", "demo-practice-1"),
    roles: ["MEMBER"],
  }),
};

/**
 * A front end's queries through the gateway and the five services, beside PostGraphile 5 and beside one hand-written
 * statement on the same tables, all under row-level security. Measures nothing before all three have given the same data.
 */
export async function graph({ environment, scale, rounds, seconds }: BenchmarkOptions): Promise<void> {
  const inherited = { PATH: environment["PATH"] ?? "" };
  const database = await openCountyDatabase(scale, environment["DATABASE_URL"], inherited);
  const stops: (() => Promise<void> | void)[] = [() => database.stop()];
  try {
    // One client asks it all.
    const unlimited = { ...environment, RATE_LIMIT: "1000000000", RATE_LIMIT_ANONYMOUS: "1000000000" };
    const running = await startGraph(unlimited, { databaseUrl: database.adminUrl });
    stops.unshift(() => running.stop());
    const peers = await startPeers(database.admin, database.url, viewers);
    stops.unshift(() => peers.stop());
    const queries = await readGraphQueries(database.admin);
    const contenders = [await graphContender(running), ...peers.contenders];
    for (const query of queries) await proveSame(contenders, query);
    const counts = await countAll(contenders, queries, database);
    const measured = await measure(contenders, queries, postgresGroup(database.postmaster), { rounds, seconds });
    printRounds({ contenders, queries, counts, measured, scale, rounds, seconds });
  } finally {
    for (const stop of stops) await stop();
  }
}

async function graphContender(running: RunningGraph): Promise<Contender> {
  const tokens: Record<string, string> = { member: `Bearer ${await running.token("member")}` };
  const group = (...names: string[]): ProcessGroup => processGroup(...names.map((name) => running.recorded(name).pid));
  return {
    name: "the graph",
    url: new URL(running.url).origin,
    processes: { gateway: group("gateway"), services: group(...services) },
    request: (query, { graph: variables }) => ({
      path: "/graphql",
      headers: {
        "content-type": "application/json",
        ...(tokens[query.as] && { authorization: tokens[query.as] as string }),
      },
      body: JSON.stringify({ query: query.text.graph, variables }),
    }),
  };
}

async function proveSame(contenders: readonly Contender[], query: GraphQuery): Promise<void> {
  for (const variant of query.variants.slice(0, 20)) {
    const [first, ...others] = await Promise.all(contenders.map((one) => askOnce(one, query, variant)));
    for (const [index, other] of others.entries()) {
      const difference = firstDifference(plain(first), plain(other));
      if (difference !== null)
        throw new Error(
          `${contenders[0]?.name} and ${contenders[index + 1]?.name} answer ${query.name} differently: ${difference} (${JSON.stringify(variant.graph)})`,
        );
    }
  }
}

type Counts = Map<string, { readonly statements: number; readonly transactions: number }>;

async function countAll(
  contenders: readonly Contender[],
  queries: readonly GraphQuery[],
  { admin, postmaster }: CountyDatabase,
): Promise<Counts> {
  const counter = await openStatementCounter(admin, postmaster);
  const counts: Counts = new Map();
  for (const query of queries)
    for (const contender of contenders) {
      const ask = (): Promise<unknown> => askOnce(contender, query, query.variants[0] as (typeof query.variants)[0]);
      await ask();
      counts.set(`${query.name} ${contender.name}`, await counter.during(ask));
    }
  await counter.close();
  return counts;
}

async function measure(
  contenders: readonly Contender[],
  queries: readonly GraphQuery[],
  postgres: ProcessGroup,
  { rounds, seconds }: Pick<BenchmarkOptions, "rounds" | "seconds">,
): Promise<Map<string, Round[]>> {
  const groups = Object.assign({ PostgreSQL: postgres }, ...contenders.map((one) => one.processes)) as Record<
    string,
    ProcessGroup
  >;
  const before = Object.entries(groups).map(([part, group]) => [part, group.cpu()] as const);
  await delay(5000);
  const idle = Object.fromEntries(before.map(([part, cpu]) => [part, ((groups[part]?.cpu() ?? 0) - cpu) / 5000]));
  const rates = new Map<string, number>();
  for (const query of queries)
    for (const contender of contenders) rates.set(`${query.name} ${contender.name}`, await warmUp(contender, query));
  const measured = new Map<string, Round[]>();
  for (let round = 0; round < rounds; round++)
    for (const query of queries)
      for (const contender of contenders) {
        const key = `${query.name} ${contender.name}`;
        const amount = Math.max(fewestRequests, Math.round((rates.get(key) ?? 0) * seconds));
        const one = await loadRound(contender, query, { amount, postgres, idle });
        measured.set(key, [...(measured.get(key) ?? []), one]);
      }
  return measured;
}
