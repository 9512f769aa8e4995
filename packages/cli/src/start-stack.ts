import { dropDatabases, isPortFree, LocalPostgresError, provision, removePostgres } from "@clic/local-postgres";
import type { Provisioned } from "@clic/local-postgres";
import { createSupervisor, endLeftovers, takeProcessLock } from "@clic/supervisor";
import { Listr } from "listr2";

import { StartRefused } from "./cli.errors.ts";
import { keepDatabaseServer, portRefused } from "./database-server.ts";
import type { DatabaseServer } from "./database-server.ts";
import { describeEvent } from "./describe-event.ts";
import { openSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import { clearStateDirectory, openStateDirectory } from "./state-directory.ts";

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

/** Starts PostgreSQL (or uses DATABASE_URL), makes what is missing in it, and starts and keeps the stack's processes. */
export function startStack({ settings, stack, fresh, report, animated }: StartOptions): StartedStack {
  const state = openStateDirectory(settings.stateDirectory);
  const lock = takeProcessLock(state.lockFile);
  if (!lock.taken) {
    throw new StartRefused(
      `Already running: process ${lock.holder.pid} has started the graph from ${state.path}. Use that one, or end it first (Ctrl-C there, or kill ${lock.holder.pid}).`,
    );
  }
  const stopping = new AbortController();
  let starting: Promise<DatabaseServer> | undefined;
  let tell = report;
  const supervisor = createSupervisor({
    recordFile: state.childrenFile,
    logDirectory: state.logs,
    onEvent: (event) => tell(describeEvent(event)),
  });

  async function prepare(): Promise<void> {
    const ended = await endLeftovers(state.childrenFile);
    if (ended.length > 0) report(`Ended what an earlier start had left running: ${ended.join(", ")}.`);
    for (const [owner, port] of Object.entries(stack.ports)) {
      if (!(await isPortFree(port.port))) throw portRefused(owner, port);
    }
    if (!fresh) return;
    if (settings.databaseUrl === null) {
      await removePostgres(state.postgres);
      report(`Deleted the data in ${state.path}.`);
    } else {
      const dropped = await dropDatabases(settings.databaseUrl, [stack.database, stack.busDatabase]);
      const what = dropped.length === 0 ? "nothing: none of ours was there" : dropped.join(", ");
      report(`Dropped on the server of DATABASE_URL: ${what}. Other databases, and the roles, are untouched.`);
    }
    clearStateDirectory(state);
  }

  const progress = new Listr<{ adminUrl: string; databases: Provisioned }, "default", "simple">(
    [
      {
        title: "PostgreSQL",
        task: async (context, task) => {
          stopping.signal.throwIfAborted();
          if (settings.databaseUrl !== null) {
            context.adminUrl = settings.databaseUrl;
            task.title = "PostgreSQL: the server of DATABASE_URL";
            return;
          }
          const port = settings.ports["postgres"] ?? { port: 4032, setting: "POSTGRES_PORT" };
          const onProgress = (doing: string): void => void (task.output = doing);
          starting = keepDatabaseServer({
            dataDirectory: state.postgres,
            port,
            onProgress,
            report: (line) => tell(line),
          });
          context.adminUrl = (await starting).adminUrl;
        },
      },
      {
        title: "Databases, schemas and roles",
        task: async (context) => {
          stopping.signal.throwIfAborted();
          const { database, busDatabase, services } = stack;
          const { passwords } = openSecrets(state.secretsFile, services);
          context.databases = await provision({
            adminUrl: context.adminUrl,
            database,
            busDatabase,
            services,
            passwords,
          });
        },
      },
      {
        title: "Services, issuer and gateway: migrate, load, serve",
        task: (context, task) => {
          stopping.signal.throwIfAborted();
          tell = (line) => (task.output = line);
          const secrets = openSecrets(state.secretsFile, stack.services);
          const processes = stack.processes(context.databases, secrets, state.compileCache);
          return task.newListr(
            processes.map((definition) => ({ title: definition.name, task: () => supervisor.start(definition) })),
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

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    stopping.abort(new StartRefused("Stopped before it was ready."));
    await supervisor.stop(stack.stopFirst);
    await (await starting?.catch(() => undefined))?.stop();
    if (lock.taken) lock.release();
  }

  async function start(): Promise<void> {
    try {
      await prepare();
      await progress.run({ adminUrl: "", databases: { services: {}, busDatabaseUrl: "", made: [] } });
    } catch (error) {
      if (error instanceof StartRefused || error instanceof LocalPostgresError) throw error;
      throw new StartRefused((error as Error).message, { cause: error });
    } finally {
      tell = report;
    }
  }

  return { ready: start(), stop: () => (stopped ??= stop()), hurry: () => supervisor.killNow() };
}
