import autocannon from "autocannon";
import type { Contender } from "./contender.ts";
import type { GraphQuery } from "./graph-queries.ts";
import type { ProcessGroup } from "./processes.ts";

/** What one round of load on one contender cost. */
export interface Round {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** CPU milliseconds a request, by part. */
  readonly cpu: Readonly<Record<string, number>>;
  /** Megabytes, by part. */
  readonly peak: Readonly<Record<string, number>>;
}

const connections = 16;

/** Until then a process runs code that is not compiled yet, which costs several times as much. */
const warmRequests = 2000;
const longestWarmUp = 60_000;

/**
 * Asks so often that what runs from then on is compiled, planned and cached: ten seconds at least, and 2,000 requests,
 * however long a busy machine takes for them, up to a minute. Answers how many requests a second that were at the end.
 */
export async function warmUp(contender: Contender, query: GraphQuery): Promise<number> {
  const started = performance.now();
  for (let asked = 0; ;) {
    const { "2xx": answered, duration } = await autocannon({
      url: contender.url,
      connections,
      duration: 10,
      requests: requestsOf(contender, query),
    });
    asked += answered;
    if (asked >= warmRequests || performance.now() - started >= longestWarmUp) return answered / duration;
  }
}

function requestsOf(contender: Contender, query: GraphQuery) {
  return query.variants.map((variant) => ({ method: "POST" as const, ...contender.request(query, variant) }));
}

/**
 * Asks so many times with 16 connections, and waits for every answer, so that what was begun counts too. `idle` is what each part uses in a millisecond when nobody asks, and is
 * taken off. Throws when a request fails: a cheap refusal must not count.
 */
export async function loadRound(
  contender: Contender,
  query: GraphQuery,
  options: {
    readonly amount: number;
    readonly postgres: ProcessGroup;
    readonly idle: Readonly<Record<string, number>>;
  },
): Promise<Round> {
  const parts = Object.entries({ ...contender.processes, PostgreSQL: options.postgres });
  const requests = requestsOf(contender, query);
  for (const [, group] of parts) group.forgetPeak();
  const before = parts.map(([, group]) => group.cpu());
  const started = performance.now();
  const running = autocannon({ url: contender.url, connections, amount: options.amount, requests });
  const times: number[] = [];
  running.on("response", (_client, _status, _bytes, milliseconds: number) => times.push(milliseconds));
  const result = await running;
  const elapsed = performance.now() - started;
  if (result.non2xx + result.errors + result.timeouts > 0 || times.length === 0)
    throw new Error(`${contender.name} failed ${result.non2xx + result.errors} requests of ${query.name}.`);
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] as number;
  const cost = parts.map(([part, group], index) => {
    const used = group.cpu() - (before[index] as number) - (options.idle[part] ?? 0) * elapsed;
    return [part, Math.max(0, used) / times.length] as const;
  });
  return {
    perSecond: (times.length * 1000) / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    cpu: Object.fromEntries(cost),
    peak: Object.fromEntries(parts.map(([part, group]) => [part, group.peak()])),
  };
}
