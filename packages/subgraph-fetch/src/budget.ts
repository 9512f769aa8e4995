/** What one subgraph may cost whoever asks it. */
export interface Budget {
  /** For a whole fetch: waiting for a place, connecting, every attempt and the body's last byte. */
  readonly deadlineMs: number;
  /** For an answer's body as it comes over the wire. */
  readonly maxBytes: number;
  /** For what an answer's JSON holds: objects, lists and what is in them. */
  readonly maxValues: number;
  /** Exchanges at once, which is also connections. */
  readonly concurrency: number;
  /** Fetches that may wait for one of those places. */
  readonly queue: number;
  /** How often a read may be sent again. */
  readonly retries: number;
  /** The circuit opens when half of the last `2 × breakAfter` fetches found the subgraph away, or half of the first `breakAfter`. */
  readonly breakAfter: number;
  /** How long an opened circuit stays so at first; doubles to ten times as long while the subgraph stays away. */
  readonly reopenMs: number;
}

/** What of a budget differs from the next one. */
export type BudgetChanges = { readonly [Name in keyof Budget]?: number | undefined };

const defaults: Budget = {
  deadlineMs: 10_000,
  maxBytes: 16 * 1024 * 1024,
  maxValues: 500_000,
  concurrency: 32,
  queue: 256,
  retries: 2,
  breakAfter: 20,
  reopenMs: 500,
};

/** A whole budget: of each part the first that is said, else the default. */
export function createBudget(...changes: readonly (BudgetChanges | undefined)[]): Budget {
  const part = (name: keyof Budget): number =>
    changes.find((change) => change?.[name] !== undefined)?.[name] ?? defaults[name];
  return Object.fromEntries(
    Object.keys(defaults).map((name) => [name, part(name as keyof Budget)]),
  ) as unknown as Budget;
}
