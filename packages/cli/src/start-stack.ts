import { LocalPostgresError, provision } from "@clic/local-postgres";
import type { Provisioned } from "@clic/local-postgres";
import { createSupervisor, takeProcessLock } from "@clic/supervisor";
import { Listr } from "listr2";

import type { Build } from "./build-explorer.ts";
import { StartRefused } from "./cli.errors.ts";
import { keepDatabaseServer } from "./database-server.ts";
import type { DatabaseServer } from "./database-server.ts";
import { describeEvent } from "./describe-event.ts";
import { prepareStart } from "./prepare-start.ts";
import { openSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { openStateDirectory } from "./state-directory.ts";

export interface StartOptions {
  readonly settings: Settings;
  readonly stack: Stack;
  /** Begin anew. */
  readonly fresh: boolean;
  /** What the person at the keyboard should know, a line at a time. */
  readonly report: (line: string) => void;
  /** Draw progress with cursor movements; else print lines. */
  readonly animated: boolean;
}

/** A start, under way or done. */
export interface StartedStack {
  /** Settles when everything is ready. Rejects with StartRefused or LocalPostgresError: one line, with the cure. */
  readonly ready: Promise<void>;
  /** Ends everything in order: processes, then PostgreSQL. At any time; more than once is once. */
  stop(): Promise<void>;
  /** Cuts a stop short: processes are killed. PostgreSQL still shuts down in order. */
  hurry(): void;
}

/**
 * Starts PostgreSQL (or uses DATABASE_URL), makes what is missing in it, and starts and keeps the stack's processes.
 * Throws StartRefused at once when the state directory is unusable or another start holds it.
 */
export function startStack({ settings, stack, fresh, report, animated }: StartOptions): StartedStack {
  const state = openStateDirectory(settings.stateDirectory);
  const lock = takeProcessLock(state.lockFile);
  if (!lock.taken) {
    throw new StartRefused(
      `Already running: process ${lock.holder.pid} has started the graph from ${state.path}. Use that one, or end it first (Ctrl-C there, or kill ${lock.holder.pid}).`,
    );
  }
  const stopping = new AbortController();
  let server: Promise<DatabaseServer> | undefined;
  let databases: Provisioned | undefined;
  let background: Build | undefined;
  let failure: unknown;
  let tell = report;
  const supervisor = createSupervisor({
    recordFile: state.childrenFile,
    logDirectory: state.logs,
    onEvent: (event) => tell(describeEvent(event)),
  });

  async function openServer(onProgress: (doing: string) => void): Promise<string> {
    if (settings.databaseUrl !== null) return settings.databaseUrl;
    const port = settings.ports["postgres"];
    if (port === undefined) throw new Error("The settings name no port for PostgreSQL.");
    server = keepDatabaseServer({ dataDirectory: state.postgres, port, onProgress, report: (line) => tell(line) });
    return (await server).adminUrl;
  }

  /** The progress shows where it failed; why is said once, by the caller. */
  async function noting(work: () => Promise<void>): Promise<void> {
    try {
      stopping.signal.throwIfAborted();
      await work();
    } catch (error) {
      failure ??= error;
      throw new Error(stopping.signal.aborted ? "stopped" : "see below", { cause: error });
    }
  }

  const progress = new Listr<{ adminUrl: string }, "default", "simple">(
    [
      {
        title: settings.databaseUrl === null ? "PostgreSQL" : "PostgreSQL: the server of DATABASE_URL",
        task: (context, task) =>
          noting(async () => void (context.adminUrl = await openServer((doing) => (task.output = doing)))),
      },
      {
        title: "Databases, schemas and roles",
        task: ({ adminUrl }) =>
          noting(async () => {
            const { passwords } = openSecrets(state.secretsFile, stack.services);
            databases = await provision({ ...stack, adminUrl, passwords });
          }),
      },
      {
        title: "Services, issuer and gateway: migrate, load, serve",
        task: (_context, task) => {
          tell = (line) => (task.output = line);
          const secrets = openSecrets(state.secretsFile, stack.services);
          const processes = databases === undefined ? [] : stack.processes(databases, secrets, state);
          return task.newListr(
            processes.map((each) => ({ title: each.name, task: () => noting(() => supervisor.start(each)) })),
            { concurrent: true, rendererOptions: { collapseSubtasks: false } },
          );
        },
      },
    ],
    {
      renderer: "default",
      fallbackRenderer: "simple",
      fallbackRendererCondition: !animated,
      // Signals are the caller's business: an interrupted start has things to end.
      registerSignalListeners: false,
      rendererOptions: { showErrorMessage: false, collapseErrors: false },
    },
  );

  async function start(): Promise<void> {
    try {
      await prepareStart({ settings, stack, state, fresh, report });
      await progress.run({ adminUrl: "" });
      if (!stopping.signal.aborted) background = stack.afterwards?.(state, report);
    } catch (thrown) {
      const error = failure ?? thrown;
      if (error instanceof StartRefused || error instanceof LocalPostgresError) throw error;
      throw new StartRefused((error as Error).message, { cause: error });
    } finally {
      tell = report;
    }
  }

  async function stop(): Promise<void> {
    stopping.abort(new StartRefused("Stopped before it was ready."));
    await supervisor.stop(stack.stopFirst);
    await ready.catch(() => {});
    await background?.stop();
    await (await server?.catch(() => undefined))?.stop();
    if (lock.taken) lock.release();
  }

  const ready = start();
  let stopped: Promise<void> | undefined;
  return { ready, stop: () => (stopped ??= stop()), hurry: () => supervisor.killNow() };
}
