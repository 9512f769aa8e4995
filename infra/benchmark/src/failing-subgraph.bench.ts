import { setTimeout as sleep } from "node:timers/promises";
import { type Play, startFaultProxy } from "../../../packages/subgraph-fetch/test/fault-proxy.ts";
import { refused, unavailable } from "../../../packages/subgraph-fetch/test/faults.ts";
import { startGatewayProcess } from "../../../gateway/test/gateway-process.ts";
import { startWorld } from "../../../gateway/test/test-gateway.ts";

const rounds = 7;
const milliseconds = 3_000;
/** Requests for the others' fields a second, and as many for the subgraph's that fails. Far from what the machine can do. */
const rate = 100;
const faults: Readonly<Record<string, Play | undefined>> = {
  "is well": undefined,
  "never answers": unavailable["keeps the connection open and says nothing"],
  "resets connections": unavailable["resets the connection"],
  "drips its body": unavailable["drips its body"],
  "answers garbage": refused["answers garbage"],
  "answers too much": refused["sends chunks without end"],
};

/**
 * Whether a subgraph that fails slows down the others: the 99th percentile of requests that don't need it, while as many
 * requests do, beside the same with a subgraph that is well. At a fixed rate, since a failing one would take load off.
 */
export async function failingSubgraph(): Promise<void> {
  const world = await startWorld();
  const { organisations, events } = world;
  const proxy = await startFaultProxy(new URL(events.url).origin);
  const subgraphs = {
    organisations: { url: organisations.url, key: organisations.key },
    events: { url: `${proxy.origin}/graphql`, key: events.key, budget: { deadlineMs: 500, maxBytes: 1_000_000 } },
  };
  const gateway = await startGatewayProcess({
    ...world.variables({ SUBGRAPHS: JSON.stringify(subgraphs) }),
    APOLLO_TELEMETRY_DISABLED: "1",
  });
  const ask = async (query: string): Promise<number> => {
    const started = performance.now();
    const headers = { "content-type": "application/json" };
    await (
      await fetch(`${gateway.origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) })
    ).text();
    return performance.now() - started;
  };
  const ratios = new Map<string, number[]>(Object.keys(faults).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    let well = 0;
    for (const [name, play] of Object.entries(faults)) {
      proxy.play = play;
      const p99 = await percentile99(ask);
      if (play === undefined) well = p99;
      if (round >= 0) ratios.get(name)!.push(p99 / well);
      proxy.play = undefined;
      // Lets the circuit close again.
      await sleep(1_000);
      for (let count = 0; count < 40; count++) await ask("{ events { title } }");
    }
  }
  gateway.child.kill("SIGTERM");
  await gateway.exited;
  await proxy.close();
  await world.close();
  process.stdout.write(
    `\nThe others' 99th percentile while one subgraph fails\n${rounds} rounds of ${milliseconds} ms each; medians\n\n| the one | ratio | lowest to highest |\n|---|---|---|\n`,
  );
  for (const [name, values] of ratios) {
    const sorted = values.toSorted((a, b) => a - b);
    const [lowest, median, highest] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    process.stdout.write(`| ${name} | ${median?.toFixed(2)} | ${lowest?.toFixed(2)} to ${highest?.toFixed(2)} |\n`);
  }
}

async function percentile99(ask: (query: string) => Promise<number>): Promise<number> {
  const others: Promise<number>[] = [];
  const own: Promise<number>[] = [];
  const end = performance.now() + milliseconds;
  for (let due = performance.now(); due < end; due += 1_000 / rate) {
    await sleep(Math.max(0, due - performance.now()));
    others.push(ask("{ organisation { name } }"));
    own.push(ask("{ events { title } }"));
  }
  const sorted = (await Promise.all(others)).toSorted((a, b) => a - b);
  await Promise.all(own);
  return sorted[Math.floor(sorted.length * 0.99)]!;
}
