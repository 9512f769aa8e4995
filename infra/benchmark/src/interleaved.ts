/** One of the things that are compared; `run` does one unit of work. */
export interface Contender {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const rounds = 7;
const milliseconds = 800;
const concurrency = 32;

/**
 * Runs the contenders in turn, seven rounds after a warm-up, 32 units of work at once, and prints each one's median
 * throughput as a ratio to the first's. In turn, so that a machine that slows down slows all of them.
 */
export async function interleaved(title: string, contenders: readonly Contender[]): Promise<void> {
  const ratios = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    let first = 0;
    for (const [index, contender] of contenders.entries()) {
      const rate = await throughput(contender.run);
      if (index === 0) first = rate;
      if (round < 0) continue;
      ratios.get(contender.name)?.push(rate / first);
      rates.get(contender.name)?.push(rate);
    }
  }
  process.stdout.write(
    `\n${title}\n${rounds} rounds of ${milliseconds} ms each; medians\n\n| | ratio | lowest to highest | a second |\n|---|---|---|---|\n`,
  );
  for (const { name } of contenders) {
    const sorted = (ratios.get(name) ?? []).toSorted((a, b) => a - b);
    const rate = median(rates.get(name) ?? []);
    process.stdout.write(
      `| ${name} | ${median(sorted).toFixed(2)} | ${sorted[0]?.toFixed(2)} to ${sorted.at(-1)?.toFixed(2)} | ${Math.round(rate)} |\n`,
    );
  }
}

async function throughput(run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  const end = started + milliseconds;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      await run();
      done++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (done * 1000) / (performance.now() - started);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
