import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { ServiceUrls } from "@clic/local-postgres";
import type { BulkMessage } from "@clic/subgraph-kit";
import { DemoDataRefused } from "./demo-data.errors.ts";
import type { DemoDataOptions, ServiceReport } from "./load-demo-data.ts";

const root = join(import.meta.dirname, "../../..");

/** How one service's process ended: what it loaded, null where that was there already; or what stopped it. */
export interface ServiceEnd {
  readonly report: ServiceReport | null;
  readonly problem: Error | null;
}

/**
 * Runs a service's own `main.ts` with `--bulk`, as the owner of its schema. It ends when this process does, however that ends,
 * by the channel between them. Never rejects.
 */
export function runService(
  service: string,
  urls: ServiceUrls,
  { scale, inherited = {}, onProgress, signal }: DemoDataOptions,
): Promise<ServiceEnd> {
  const main = join(root, "services", service, "src/main.ts");
  const child = spawn(process.execPath, [main, "--migrate", "--load", "founding,demonstration", "--bulk", scale], {
    cwd: root,
    env: {
      ...inherited,
      PORT: "0",
      LOG_LEVEL: "warn",
      DATABASE_URL: urls.databaseUrl,
      MIGRATION_DATABASE_URL: urls.migrationDatabaseUrl,
      // Nobody is served; the environment of a service asks for a key all the same.
      SUBGRAPH_KEY: randomBytes(32).toString("base64url"),
    },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const kill = (): void => void child.kill("SIGTERM");
  if (signal?.aborted) kill();
  signal?.addEventListener("abort", kill, { once: true });

  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)));
  let end: ServiceEnd | undefined;
  child.on("message", (message) => {
    const told = message as BulkMessage;
    if (told.type === "progress") {
      onProgress?.(service, told);
      return;
    }
    end = endOf(service, told);
    child.disconnect();
  });
  return new Promise((resolve) => {
    const ended = (how: string): void => {
      signal?.removeEventListener("abort", kill);
      const problem = new DemoDataRefused(
        "SERVICE_FAILED",
        `${service} loaded nothing (${how}). ${words.trim()}`.trim(),
      );
      resolve(end ?? { report: null, problem });
    };
    child.once("error", (error) => ended(error.message));
    // After a disconnect from this side Node emits no `close`; and until then the last words may not have been read.
    child.once("exit", () => {
      if (end !== undefined) ended("");
    });
    child.once("close", (code, by) => ended(by ?? (signal?.aborted ? "stopped" : `exit code ${code}`)));
  });
}

function endOf(service: string, told: Exclude<BulkMessage, { type: "progress" }>): ServiceEnd {
  if (told.type === "refused")
    return {
      report: null,
      problem: new DemoDataRefused("OTHER_SCALE", `${service}: ${told.message} npm start -- --fresh begins anew.`),
    };
  if (!told.loaded) return { report: null, problem: null };
  const { tables, seconds, peakMegabytes } = told;
  return { report: { service, tables, seconds, peakMegabytes }, problem: null };
}
