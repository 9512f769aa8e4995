/** What the command line says to a benchmark. */
export interface BenchmarkOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the made-up data: `county`, or a part of one. */
  readonly scale: string;
  /** Rounds that count, after those that warm up. */
  readonly rounds: number;
  /** How long one contender is under load in a round. */
  readonly seconds: number;
}
