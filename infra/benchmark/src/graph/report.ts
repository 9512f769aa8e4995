import { cpus, loadavg, totalmem } from "node:os";
import type { Contender } from "./contender.ts";
import type { GraphQuery } from "./graph-queries.ts";
import type { Round } from "./load.ts";

interface Measured {
  readonly contenders: readonly Contender[];
  readonly queries: readonly GraphQuery[];
  readonly counts: ReadonlyMap<string, { readonly statements: number; readonly transactions: number }>;
  readonly measured: ReadonlyMap<string, readonly Round[]>;
  readonly scale: string;
  readonly rounds: number;
  readonly seconds: number;
}

/** Prints medians as Markdown: what each query costs each contender, then ratios. */
export function printRounds({ contenders, queries, counts, measured, scale, rounds, seconds }: Measured): void {
  const lines = [
    "",
    `Front-end queries on the data of a ${scale}, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, load average ${loadavg()[0]?.toFixed(1)}; ` +
      `${rounds} rounds of ${seconds} s each in turn, 16 connections; medians.`,
    "",
    "| query | | requests/s | p50, p99 ms | statements (transactions) | CPU ms a request | peak MB |",
    "|---|---|---|---|---|---|---|",
  ];
  const ratios = [
    "",
    "| query | services + PostgreSQL to PostGraphile + PostgreSQL (lowest to highest) | end to end CPU | requests/s |",
    "|---|---|---|---|",
  ];
  for (const query of queries) {
    for (const { name } of contenders) {
      const of = measured.get(`${query.name} ${name}`) ?? [];
      const count = counts.get(`${query.name} ${name}`);
      const parts = (pick: (one: Round) => Readonly<Record<string, number>>, digits: number): string =>
        Object.keys(of[0]?.cpu ?? {})
          .map((part) => `${part} ${median(of.map((one) => pick(one)[part] ?? 0)).toFixed(digits)}`)
          .join(" + ");
      const of1 = (pick: (one: Round) => number): number => median(of.map(pick));
      lines.push(
        `| ${query.name} | ${name} | ${of1((one) => one.perSecond).toFixed(0)} | ${of1((one) => one.p50).toFixed(1)}, ${of1((one) => one.p99).toFixed(1)} ` +
          `| ${count?.statements} (${count?.transactions}) | ${parts((one) => one.cpu, 2)} | ${parts((one) => one.peak, 0)} |`,
      );
    }
    const [graph = [], peer = []] = contenders.map(({ name }) => measured.get(`${query.name} ${name}`) ?? []);
    const each = (pick: (graph: Round, peer: Round) => number): number[] =>
      graph.map((one, index) => pick(one, peer[index] as Round)).toSorted((a, b) => a - b);
    const behind = each((one, other) => (total(one.cpu) - (one.cpu["gateway"] ?? 0)) / total(other.cpu));
    ratios.push(
      `| ${query.name} | ${median(behind).toFixed(2)} (${behind[0]?.toFixed(2)} to ${behind.at(-1)?.toFixed(2)}) ` +
        `| ${median(each((one, other) => total(one.cpu) / total(other.cpu))).toFixed(2)} | ${median(each((one, other) => one.perSecond / other.perSecond)).toFixed(2)} |`,
    );
  }
  process.stdout.write(`${[...lines, ...ratios].join("\n")}\n`);
}

function total(parts: Readonly<Record<string, number>>): number {
  return Object.values(parts).reduce((sum, one) => sum + one, 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
