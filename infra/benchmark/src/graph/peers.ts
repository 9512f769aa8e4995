import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeGlobalId } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import { findFreePort } from "@clic/local-postgres";
import type { Client } from "pg";
import type { Contender } from "./contender.ts";
import { processGroup } from "./processes.ts";

const folder = join(import.meta.dirname, "../../peers");
const run = promisify(execFile);

export interface RunningPeers {
  readonly contenders: readonly Contender[];
  stop(): void;
}

/**
 * Installs the peers where they are missing, and starts them on this database as a role that reads all five schemas
 * under row-level security, for these viewers. The database must be the benchmark's own: its comments and functions change.
 */
export async function startPeers(
  database: Client,
  databaseUrl: string,
  viewers: Readonly<Record<string, Viewer>>,
): Promise<RunningPeers> {
  if (!existsSync(join(folder, "node_modules/postgraphile"))) {
    process.stdout.write("Installing the peers …\n");
    await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder });
  }
  await database.query(await readFile(join(folder, "database.sql"), "utf8"));
  const url = new URL(databaseUrl);
  url.username = url.password = "peer";
  const environment = {
    PATH: process.execPath,
    NODE_ENV: "production",
    GRAPHILE_ENV: "production",
    DATABASE_URL: url.href,
    VIEWERS: JSON.stringify(Object.fromEntries(Object.entries(viewers).map(([as, one]) => [as, settingsOf(one)]))),
  };
  const children: ChildProcess[] = [];
  const stop = (): void => children.forEach((child) => void child.kill("SIGTERM"));
  const start = async (script: string): Promise<{ url: string; pid: number }> => {
    const port = await findFreePort();
    const child = spawn(process.execPath, [script], {
      cwd: folder,
      env: { ...environment, PORT: String(port) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    await new Promise<void>((resolve, reject) => {
      child.stdout.once("data", () => resolve());
      child.once("exit", (code) => reject(new Error(`${script} ended with ${code} before it was ready.`)));
    });
    return { url: `http://127.0.0.1:${port}`, pid: child.pid as number };
  };
  try {
    const postgraphile = await start(join(folder, "postgraphile.js"));
    const handWritten = await start(join(import.meta.dirname, "hand-written.process.ts"));
    return {
      stop,
      contenders: [
        {
          name: "PostGraphile 5",
          url: postgraphile.url,
          processes: { PostGraphile: processGroup(postgraphile.pid) },
          request: (query, { postgraphile: variables }) => ({
            path: "/graphql",
            headers: { "content-type": "application/json", "x-viewer": query.as },
            body: JSON.stringify({ query: query.text.postgraphile, variables }),
          }),
        },
        {
          name: "hand-written SQL",
          url: handWritten.url,
          processes: { handler: processGroup(handWritten.pid) },
          request: (query, { sql: values }) => ({
            path: `/${query.name}`,
            headers: { "content-type": "application/json", "x-viewer": query.as },
            body: JSON.stringify({ values }),
          }),
        },
      ],
    };
  } catch (error) {
    stop();
    throw error;
  }
}

/** The settings that the services' transactions have. */
function settingsOf(viewer: Viewer): Record<string, string> {
  return {
    "app.kind": viewer.kind,
    "app.person": viewer.personId === null ? "" : decodeGlobalId(viewer.personId, "Person").uuid,
    "app.organisation":
      viewer.organisationId === null ? "" : decodeGlobalId(viewer.organisationId, "Organisation").uuid,
    "app.scopes": [...viewer.scopes].join(" "),
  };
}
