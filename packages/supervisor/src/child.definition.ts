import type { ProcessIdentity } from "./process-identity.ts";

/** A process to keep running. */
export interface ChildDefinition {
  /** Names it in reports, and its log file. */
  readonly name: string;
  /** What Node is given: the script, then its arguments. */
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Answers 200 once the child is ready. Without it, a child that has been started counts as ready. */
  readonly readyUrl?: string;
}

/** A child that was started, as it is remembered for a next start that has to clear up. */
export interface RecordedChild extends ProcessIdentity {
  readonly name: string;
}

export type SupervisorEvent =
  | {
      readonly type: "died";
      readonly name: string;
      /** How it ended, in words. */
      readonly how: string;
      /** The last thing it printed; empty when it printed nothing. */
      readonly lastLine: string;
      readonly logFile: string;
      readonly restartInMs: number;
    }
  /** Sent once; deaths of this child are not reported again until it has recovered. */
  | { readonly type: "crash-loop"; readonly name: string; readonly deaths: number; readonly logFile: string }
  /** Ready again after a death. */
  | { readonly type: "recovered"; readonly name: string };

export interface BackOff {
  /** Milliseconds before the first restart; doubled at each further death. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** A child that has been up this long starts from `firstMs` again. */
  readonly resetAfterMs: number;
  /** So many deaths without such a stretch are a crash loop. */
  readonly crashLoopAt: number;
}

export const defaultBackOff: BackOff = { firstMs: 1_000, mostMs: 30_000, resetAfterMs: 30_000, crashLoopAt: 4 };
