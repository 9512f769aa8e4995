import { answerCheck } from "./answer-check.bench.ts";
import { failingSubgraph } from "./failing-subgraph.bench.ts";
import { viewerTransaction } from "./viewer-transaction.bench.ts";

const benchmarks: Record<string, () => Promise<void>> = {
  "answer-check": answerCheck,
  "failing-subgraph": failingSubgraph,
  "viewer-transaction": viewerTransaction,
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(benchmarks).join(", ")}.\n`,
  );
  process.exit(1);
}
for (const [name, run] of Object.entries(benchmarks)) if (wanted.length === 0 || wanted.includes(name)) await run();
