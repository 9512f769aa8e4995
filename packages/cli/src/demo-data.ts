import { DemoDataRefused, loadDemoData, type ServiceReport } from "@clic/demo-data";
import { scaleNamed, scaleNames } from "@clic/seed-data";
import { type Command, InvalidArgumentError, Option } from "commander";
import { Listr } from "listr2";

import { describeLoad, describeProgress } from "./demo-data-report.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { withDatabase } from "./with-database.ts";

/** What is needed here of a listr2 task. */
interface Task {
  output: string;
  skip(reason: string): void;
}

interface Options {
  readonly settings: Settings;
  readonly stack: Stack;
}

/**
 * Adds `clic demo-data --scale county`: loads made-up data at scale beside what is there, while the graph runs or not.
 *
 * The action throws StartRefused, LocalPostgresError or DemoDataRefused, one line with the cure.
 */
export function addDemoDataCommand(program: Command, options: Options): void {
  program
    .command("demo-data")
    .description("load made-up data at scale, while the graph runs or not")
    .addOption(scaleOption())
    .action(async ({ scale }: { scale: string }) => {
      const stopping = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
      process.exitCode = await runDemoData(options, scale, stopping.signal);
    });
}

function scaleOption(): Option {
  const said = `${Object.keys(scaleNames).join(" or ")}; county/20 is a twentieth of one`;
  return new Option("--scale <scale>", `how much: ${said}`).default("county").argParser((scale) => {
    try {
      return scaleNamed(scale).name;
    } catch {
      throw new InvalidArgumentError(`Say ${said}.`);
    }
  });
}

/** Answers the exit code: 0, or 130 when it was stopped. Throws DemoDataRefused. */
async function runDemoData(options: Options, scale: string, signal: AbortSignal): Promise<number> {
  const animated = process.stdout.isTTY;
  const began = performance.now();
  try {
    const reports = await withDatabase(options, async ({ services }) => {
      const tasks = new Map<string, Task>();
      const turns = new Map(Object.keys(services).map((name) => [name, Promise.withResolvers<ServiceReport | null>()]));
      const loading = loadDemoData({
        scale,
        services,
        inherited: options.settings.inherited,
        signal,
        onProgress: (service, progress) => {
          const task = tasks.get(service);
          // Where nothing is drawn over, a line for each table is enough, and needs to say whose it is.
          if (task !== undefined && (animated || progress.placed))
            task.output = animated ? describeProgress(progress) : `${service}, ${describeProgress(progress)}`;
        },
        onService: ({ service, report }) => turns.get(service)?.resolve(report),
      });
      const progress = new Listr(
        [...turns].map(([title, { promise }]) => ({
          title,
          task: async (_, task): Promise<void> => {
            tasks.set(title, task);
            const report = await promise;
            if (report === null) task.skip("not loaded");
          },
        })),
        {
          concurrent: true,
          renderer: "default",
          fallbackRenderer: "simple",
          fallbackRendererCondition: !animated,
          registerSignalListeners: false,
        },
      );
      const [loaded] = await Promise.allSettled([loading, progress.run()]);
      if (loaded.status === "rejected") throw loaded.reason;
      return loaded.value;
    });
    process.stdout.write(describeLoad(scale, reports, (performance.now() - began) / 1000));
    return 0;
  } catch (error) {
    if (!(signal.aborted && error instanceof DemoDataRefused)) throw error;
    process.stdout.write("Stopped. A service that was not done has loaded nothing; the same command loads the rest.\n");
    return 130;
  }
}
