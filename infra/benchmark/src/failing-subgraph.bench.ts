import { setTimeout as sleep } from "node:timers/promises";
import { type Play, startFaultProxy } from "../../../packages/subgraph-fetch/test/fault-proxy.ts";
import { refused, unavailable } from "../../../packages/subgraph-fetch/test/faults.ts";
import { startGatewayProcess } from "../../../gateway/test/gateway-process.ts";
import { startWorld } from "../../../gateway/test/test-gateway.ts";

const rounds = 15;
const milliseconds = 2_000;
/** Requests for the others' fields a second, and as many for the subgraph's that fails. Far from what the machine can do. */
const rate = 80;
const OTHERS = "{ organisation { name } }";
const faults: Readonly<Record<string, Play | undefined>> = {
  "is well": undefined,
  "is well, once more": undefined,
  "never answers": unavailable["keeps the connection open and says nothing"],
  "resets connections": unavailable["resets the connection"],
  "drips its body": unavailable["drips its body"],
  "answers garbage": refused["answers garbage"],
  "answers too much": refused["sends chunks without end"],
};

/**
 * Whether a subgraph that fails slows down the others: the 99th percentile of requests that don't need it, while as many
 * requests do, beside the same with a subgraph that is well. At a fixed rate, since a failing one would take load off. In
 * turn, two seconds each; the ratio of the rounds' medians. The second line says how far two equal ones differ on this machine.
 */
export async function failingSubgraph(): Promise<void> {
  const world = await startWorld();
  const { organisations, events } = world;
  const proxy = await startFaultProxy(new URL(events.url).origin);
  const subgraphs = {
    organisations: { url: organisations.url, key: organisations.key },
    events: {
      url: `${proxy.origin}/graphql`,
      key: events.key,
      budget: { deadlineMs: 500, maxBytes: 200_000, reopenMs: 50 },
    },
  };
  const gateway = await startGatewayProcess({
    ...world.variables({ SUBGRAPHS: JSON.stringify(subgraphs) }),
    APOLLO_TELEMETRY_DISABLED: "1",
    RATE_LIMIT_ANONYMOUS: "100000000",
  });
  const ask = async (query: string): Promise<number> => {
    const started = performance.now();
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${gateway.origin}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query }),
    });
    const text = await answer.text();
    const milliseconds = performance.now() - started;
    if (answer.status !== 200 || (query === OTHERS && text.trim() !== '{"data":{"organisation":{"name":"CLIC"}}}'))
      throw new Error(`${query} was answered ${answer.status} ${text}`);
    return milliseconds;
  };
  const times = new Map<string, number[]>(Object.keys(faults).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, play] of Object.entries(faults)) {
      proxy.play = play;
      const found = await timesOf(ask);
      if (round >= 0) times.get(name)!.push(percentile99(found));
      proxy.play = undefined;
      // Until its circuit has closed again.
      while ((await (await fetch(`${gateway.origin}/metrics`)).text()).includes('circuit{subgraph="events"} 2')) {
        await sleep(100);
        await ask("{ events { title } }");
      }
    }
  }
  gateway.child.kill("SIGTERM");
  await gateway.exited;
  await proxy.close();
  await world.close();
  process.stdout.write(
    `\nThe others' 99th percentile while one subgraph fails\n${rounds} times ${milliseconds} ms each\n\n| the one | ratio |\n|---|---|\n`,
  );
  const well = median(times.get("is well")!);
  for (const [name, values] of times) process.stdout.write(`| ${name} | ${(median(values) / well).toFixed(2)} |\n`);
}

async function timesOf(ask: (query: string) => Promise<number>): Promise<readonly number[]> {
  const others: Promise<number>[] = [];
  const own: Promise<number>[] = [];
  const end = performance.now() + milliseconds;
  for (let due = performance.now(); due < end; due += 1_000 / rate) {
    await sleep(Math.max(0, due - performance.now()));
    others.push(ask(OTHERS));
    own.push(ask("{ events { title } }"));
  }
  await Promise.all(own);
  return Promise.all(others);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function percentile99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)]!;
}
