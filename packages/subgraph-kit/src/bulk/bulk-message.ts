import type { BulkOutcome, BulkProgress } from "./bulk-load.ts";

/** What a service that loads in bulk tells the process that started it, over the channel between them. */
export type BulkMessage =
  | ({ readonly type: "progress" } & BulkProgress)
  | { readonly type: "refused"; readonly message: string }
  | ({ readonly type: "ended"; readonly peakMegabytes: number } & BulkOutcome);
