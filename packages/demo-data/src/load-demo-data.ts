import { services, type ServiceUrls } from "@clic/local-postgres";
import { type Scale, scaleNamed } from "@clic/seed-data";
import type { BulkProgress, LoadedTable } from "@clic/subgraph-kit";
import { DemoDataRefused } from "./demo-data.errors.ts";
import { runService, type ServiceEnd } from "./run-service.ts";

export interface DemoDataOptions {
  /** `county`, `nation`, or a part of one for tests: `county/20`. */
  readonly scale: string;
  /** How to reach each service's schema, by service name: all five, of a database that is provisioned. */
  readonly services: Readonly<Record<string, ServiceUrls>>;
  /** What a process of the services inherits of the environment; PATH and the like. */
  readonly inherited?: Readonly<Record<string, string>>;
  readonly onProgress?: (service: string, progress: BulkProgress) => void;
  /** Called once for each service when its process has ended; with null where it loaded nothing. */
  readonly onService?: (end: { readonly service: string; readonly report: ServiceReport | null }) => void;
  /** Ends the loading; what a service has not committed by then is undone. */
  readonly signal?: AbortSignal;
}

/** What one service loaded. */
export interface ServiceReport {
  readonly service: string;
  readonly tables: readonly LoadedTable[];
  readonly seconds: number;
  /** The most memory that the loading process held. */
  readonly peakMegabytes: number;
}

/**
 * Loads made-up data at scale into all five schemas at once: each service migrates, loads the founding facts and the small
 * demonstration as `npm start` does, and then its share, in one transaction of its own. Resolves to what was loaded.
 * Throws DemoDataRefused; the shares of services that had ended by then are there, whole, and the next call loads the rest.
 */
export async function loadDemoData(options: DemoDataOptions): Promise<readonly ServiceReport[]> {
  const scale: Scale = scaleNamed(options.scale);
  const ends = await Promise.all(
    services.map(async ({ name }): Promise<ServiceEnd> => {
      const urls = options.services[name];
      if (urls === undefined) throw new Error(`There are no URLs for the service ${name}.`);
      const end = await runService(name, urls, { ...options, scale: scale.name });
      options.onService?.({ service: name, report: end.report });
      return end;
    }),
  );
  const failed = ends.find(({ problem }) => problem !== null);
  if (failed?.problem != null) throw failed.problem;
  const loaded = ends.flatMap(({ report }) => (report === null ? [] : [report]));
  if (loaded.length > 0) return loaded;
  throw new DemoDataRefused(
    "ALREADY_THERE",
    `The data of scale ${scale.name} is there already, and nothing was loaded. npm start -- --fresh begins anew.`,
  );
}
