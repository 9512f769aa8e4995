/** Who found the failure; whether the subgraph is away or its answer is no good; whether a read may be sent again. */
const findings = {
  connection: { kind: "unavailable", again: true },
  "gateway status": { kind: "unavailable", again: true },
  status: { kind: "unavailable", again: false },
  "cut off": { kind: "unavailable", again: false },
  deadline: { kind: "unavailable", again: false },
  bulkhead: { kind: "unavailable", again: false },
  circuit: { kind: "unavailable", again: false },
  redirect: { kind: "refused", again: false },
  "token refused": { kind: "refused", again: false },
  "not JSON": { kind: "refused", again: false },
  "too large": { kind: "refused", again: false },
  form: { kind: "refused", again: false },
} as const satisfies Record<string, { kind: "unavailable" | "refused"; again: boolean }>;

export type FailureFinding = keyof typeof findings;

/** A fetch that brought no GraphQL answer. `reason` and `cause` are for the log alone: they may name addresses. */
export class SubgraphFailure extends Error {
  override readonly name = "SubgraphFailure";
  readonly finding: FailureFinding;
  /** `unavailable`: no answer came; `refused`: one came that must not be used. */
  readonly kind: "unavailable" | "refused";
  /** Whether the same read, sent again, may fare better. Says nothing of changes: they are never sent again. */
  readonly again: boolean;
  readonly reason: string;

  constructor(finding: FailureFinding, reason: string, options?: ErrorOptions) {
    super(`${finding}: ${reason}`, options);
    this.finding = finding;
    this.reason = reason;
    ({ kind: this.kind, again: this.again } = findings[finding]);
  }
}
