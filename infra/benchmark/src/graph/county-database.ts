import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DemoDataRefused, loadDemoData } from "@clic/demo-data";
import { provision, services, startPostgres } from "@clic/local-postgres";
import { Client } from "pg";
import { parentOf } from "./processes.ts";

export interface CountyDatabase {
  /** The administrator's, of the whole server. */
  readonly adminUrl: string;
  /** The administrator's, of the database of all five schemas. */
  readonly url: string;
  /** A connection to it. */
  readonly admin: Client;
  /** The process whose children serve. */
  readonly postmaster: number;
  stop(): Promise<void>;
}

/**
 * A database with made-up data at this scale: on the server that `databaseUrl` names, which must run on this machine and
 * keeps it, or on one that is made for it and goes with it.
 */
export async function openCountyDatabase(
  scale: string,
  databaseUrl: string | undefined,
  inherited: Readonly<Record<string, string>>,
): Promise<CountyDatabase> {
  const home = await mkdtemp(join(tmpdir(), "bench-"));
  const server = databaseUrl ? undefined : await startPostgres({ dataDirectory: join(home, "data") });
  const adminUrl = server?.adminUrl ?? databaseUrl;
  if (adminUrl === undefined) throw new Error("There is no database.");
  const clean = async (): Promise<void> => {
    await server?.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const roles = ["bus", ...services.flatMap(({ schema }) => [`${schema}_owner`, `${schema}_service`])];
    const passwords = Object.fromEntries(roles.map((role) => [role, randomBytes(32).toString("base64url")]));
    const provisioned = await provision({ adminUrl, database: "clic", busDatabase: "clic_bus", services, passwords });
    process.stdout.write(`Loading the data of a ${scale} …\n`);
    await loadDemoData({ scale, services: provisioned.services, inherited }).catch((error: unknown) => {
      if (!(error instanceof DemoDataRefused && error.code === "ALREADY_THERE")) throw error;
    });
    const url = new URL(adminUrl);
    url.pathname = "/clic";
    const admin = new Client({ connectionString: url.href });
    await admin.connect();
    await admin.query("vacuum analyze");
    const { rows } = await admin.query<{ pid: number }>("select pg_backend_pid() as pid");
    return {
      adminUrl,
      url: url.href,
      admin,
      postmaster: parentOf(rows[0]?.pid as number),
      stop: async () => {
        await admin.end();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}
