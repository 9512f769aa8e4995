import type { ProcessIdentity } from "@clic/supervisor";

/** What a guardian is told when it is started, as JSON in its first argument. */
export interface GuardianOrder {
  readonly starter: ProcessIdentity;
  readonly command: string;
  readonly args: readonly string[];
  readonly uid: number | null;
  readonly gid: number | null;
  readonly recordFile: string;
  readonly logFile: string;
  /** Paths to delete once PostgreSQL has ended, for a cluster that nobody wants to keep. */
  readonly removeAfterwards: readonly string[];
}

export type GuardianReport =
  | { readonly type: "started"; readonly pid: number }
  | { readonly type: "exited"; readonly code: number | null; readonly signal: string | null };
