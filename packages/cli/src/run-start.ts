import { launcherGone } from "./launchers.ts";
import { startStack } from "./start-stack.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { welcome } from "./welcome.ts";

export interface RunOptions {
  readonly settings: Settings;
  readonly stack: Stack;
  readonly fresh: boolean;
  /** Stop when npm, which runs this as a script, is gone. */
  readonly endWithLauncher: boolean;
}

/** One Ctrl-C comes twice, from the terminal and passed on by npm: within so many milliseconds they are one. */
const echoMs = 500;

/**
 * Starts the stack and runs it until a signal (SIGINT, SIGTERM, SIGHUP) or npm's end stops it. Answers the exit
 * code: 0 after a stop that was asked for once ready, 130 when it was asked for before. Throws like `startStack`.
 */
export async function runStart(options: RunOptions): Promise<number> {
  const began = performance.now();
  // A closed terminal takes the streams with it; what is left to do must still be done.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const report = (line: string): void => void process.stdout.write(`${line}\n`);

  const stopAsked = Promise.withResolvers<string>();
  const started = startStack({ ...options, report, animated: process.stdout.isTTY });
  let askedAt: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      askedAt ??= performance.now();
      if (performance.now() - askedAt > echoMs) started.hurry();
      stopAsked.resolve(signal);
    });
  }
  if (options.endWithLauncher) void launcherGone().then(() => stopAsked.resolve("npm has ended"));

  let ready = false;
  try {
    await Promise.race([
      started.ready.then(() => {
        ready = true;
        report(welcome(options.settings, (performance.now() - began) / 1000));
      }),
      stopAsked.promise,
    ]);
    report(`Stopping (${await stopAsked.promise}). Once more ends the processes at once.`);
  } finally {
    started.ready.catch(() => {});
    await started.stop();
  }
  report("Stopped.");
  return ready ? 0 : 130;
}
