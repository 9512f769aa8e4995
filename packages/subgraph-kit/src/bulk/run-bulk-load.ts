import { ownerUrl, prepare, type ServiceArguments } from "../prepare.ts";
import type { ServiceOptions } from "../service.ts";
import type { BulkMessage } from "./bulk-message.ts";
import { loadInBulk, OtherDataThere } from "./load-in-bulk.ts";

/** Loads one data set in bulk (`--bulk name`), tells how far it is, and serves nothing. */
export async function runBulkLoad(
  options: ServiceOptions,
  variables: Readonly<Record<string, string | undefined>>,
  given: ServiceArguments & { readonly bulk: string },
  tell: (message: BulkMessage) => void,
): Promise<void> {
  const load = options.bulk?.(given.bulk);
  if (load === undefined) throw new Error("This service loads nothing in bulk.");
  const { environment, orm } = await prepare(options, variables, given);
  await orm.close();
  try {
    const outcome = await loadInBulk({
      orm: options.subgraph.orm,
      ownerUrl: ownerUrl(environment, "--bulk"),
      load,
      onProgress: (progress) => tell({ type: "progress", ...progress }),
    });
    tell({ type: "ended", peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024), ...outcome });
  } catch (error) {
    if (!(error instanceof OtherDataThere)) throw error;
    tell({ type: "refused", message: error.message });
  }
}
