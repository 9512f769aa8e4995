import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export interface GatewayProcess {
  readonly child: ChildProcess;
  /** Where it listens. */
  readonly origin: string;
  /** Everything it has written so far. */
  output(): string;
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
}

const MAIN = join(import.meta.dirname, "..", "src", "main.ts");
const WATCH = join(import.meta.dirname, "watch-outbound.ts");
/** To preload into a gateway whose `loopOf` is asked. */
export const WATCH_LOOP = join(import.meta.dirname, "watch-loop.ts");

export interface Started extends Omit<GatewayProcess, "origin"> {
  readonly origin: Promise<string>;
}

/**
 * Starts the gateway as it is run, with these variables and no others but PATH; with an IPC channel, as supervised.
 * `preloads` are files that run in its process before it does.
 */
export function spawnGateway(
  variables: Record<string, string>,
  args: readonly string[] = [],
  preloads: readonly string[] = [],
): Started {
  const before = [WATCH, ...preloads].flatMap((file) => ["--import", file]);
  const child = spawn(process.execPath, [...before, MAIN, ...args], {
    env: { PATH: process.env["PATH"], ...variables },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on("exit", (code, signal) => resolve({ code, signal }));
  });
  const origin = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const listening = /"address":"([^"]+)"/.exec(output)?.[1];
      if (listening) resolve(listening);
    };
    child.stdout!.on("data", read);
    child.stderr!.on("data", read);
    void exited.then(() => reject(new Error(output)));
  });
  origin.catch(() => {});
  return { child, origin, exited, output: () => output };
}

export async function startGatewayProcess(variables: Record<string, string>): Promise<GatewayProcess> {
  const started = spawnGateway(variables);
  return { ...started, origin: await started.origin };
}

export interface LoopTimes {
  /** The longest that the event loop was busy at a stretch since this was asked last, in milliseconds of CPU time. */
  readonly longest: number;
  /** How long it was busy since the process began. */
  readonly altogether: number;
}

export function loopOf({ child }: Pick<GatewayProcess, "child">): Promise<LoopTimes> {
  return new Promise((resolve) => {
    child.once("message", (message) => resolve(message as LoopTimes));
    child.send("how long?");
  });
}
