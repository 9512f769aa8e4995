import type { RefusalReason } from "./ods-refusal.ts";

export type ImportPhase = "READING" | "CHECKING" | "APPLYING";

/** What a run did with the rows of its file. `read` is the sum of the others. */
export interface ImportCounts {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
}

export interface ImportReport extends ImportCounts {
  readonly runId: string;
  /** Whether an earlier process began this run. */
  readonly continued: boolean;
  /** How many runs had imported the same file, as at the same day, before. */
  readonly earlierRuns: number;
  readonly reasons: readonly { readonly reason: RefusalReason; readonly rows: number }[];
  /** Rows that this process read and put in place, and how long that took. */
  readonly rows: number;
  readonly seconds: number;
  /** The most memory that the process held. */
  readonly peakMegabytes: number;
}

/** What the process that imports tells the one that started it, over the channel between them. */
export type ImportMessage =
  | { readonly type: "progress"; readonly phase: ImportPhase; readonly rows: number; readonly part: number }
  | { readonly type: "refused"; readonly message: string }
  | ({ readonly type: "ended" } & ImportReport);
