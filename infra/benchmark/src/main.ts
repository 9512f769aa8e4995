import { answerCheck } from "./answer-check.bench.ts";
import { failingSubgraph } from "./failing-subgraph.bench.ts";
import { parseArgs } from "node:util";
import type { BenchmarkOptions } from "./benchmark-options.ts";
import { graph } from "./graph/graph.bench.ts";
import { viewerTransaction } from "./viewer-transaction.bench.ts";

const benchmarks: Record<string, (options: BenchmarkOptions) => Promise<void>> = {
  "answer-check": answerCheck,
  "failing-subgraph": failingSubgraph,
  "viewer-transaction": viewerTransaction,
  graph,
};

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: "string", default: "county" },
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "3" },
  },
});
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(benchmarks).join(", ")}.\n`,
  );
  process.exit(1);
}
const options = {
  environment: process.env,
  scale: values.scale,
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
};
for (const [name, run] of Object.entries(benchmarks))
  if (wanted.length === 0 || wanted.includes(name)) await run(options);
