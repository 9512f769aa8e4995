import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { identifyProcess, isRunning } from "@clic/supervisor";
import type { ProcessIdentity } from "@clic/supervisor";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";

import { withConnection } from "./admin-connection.ts";
import { findFreePort } from "./free-port.ts";
import { serverAccount } from "./server-account.ts";
import type { ServerRecord } from "./server-record.ts";
import { removePostgres, startPostgres } from "./start-postgres.ts";
import type { LocalPostgres } from "./start-postgres.ts";

function accountIds(): { uid?: number; gid?: number } {
  const account = serverAccount();
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

const isRoot = process.getuid?.() === 0;

describe("a local PostgreSQL", () => {
  let directory: string;
  let stateRoots: readonly string[];
  const running: LocalPostgres[] = [];
  const starters: ChildProcess[] = [];
  const read = (url: string, text: string): Promise<unknown> =>
    withConnection(url, async (client) => Object.values((await client.query<object>(text)).rows[0] ?? {})[0]);
  const start = async (more: Partial<Parameters<typeof startPostgres>[0]> = {}): Promise<LocalPostgres> => {
    const server = await startPostgres({ dataDirectory: join(directory, "data"), stateRoots, ...more });
    running.push(server);
    return server;
  };
  const record = (): ServerRecord =>
    JSON.parse(readFileSync(join(directory, "data", "server.json"), "utf8")) as ServerRecord;
  const startElsewhere = async (...args: string[]): Promise<{ starter: ChildProcess; adminUrl: string }> => {
    const script = fileURLToPath(new URL("../test/stand-in.starter.ts", import.meta.url));
    const starter = spawn(process.execPath, [script, join(directory, "data"), ...args], {
      detached: true,
      env: {},
      stdio: ["ignore", "pipe", "inherit"],
    });
    starters.push(starter);
    const line = await new Promise<string>((resolve) => starter.stdout.once("data", (data) => resolve(String(data))));
    return { starter, adminUrl: (JSON.parse(line) as { adminUrl: string }).adminUrl };
  };
  const goneWithin = async (identities: readonly ProcessIdentity[], ms: number): Promise<boolean> => {
    const deadline = Date.now() + ms;
    while (identities.some(isRunning) && Date.now() < deadline) await sleep(20);
    return !identities.some(isRunning);
  };

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "local-postgres-"));
    chmodSync(directory, 0o711);
    stateRoots = [join(directory, "state")];
  });
  afterEach(async () => {
    for (const starter of starters.splice(0)) starter.kill("SIGKILL");
    for (const server of running.splice(0)) await server.stop();
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("is PostgreSQL 18 on the loopback alone, with a password and without unix sockets", async () => {
    const server = await start();
    expect(await read(server.adminUrl, "SHOW server_version")).toMatch(/^18\./);
    expect(await read(server.adminUrl, "SHOW listen_addresses")).toBe("127.0.0.1");
    expect(await read(server.adminUrl, "SHOW unix_socket_directories")).toBe("");
    const withoutPassword = new URL(server.adminUrl);
    withoutPassword.password = "guess";
    await expect(read(withoutPassword.href, "SELECT 1")).rejects.toMatchObject({ code: "UNREACHABLE" });
    expect(statSync(server.pgdata).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, "data", "superuser-password")).mode & 0o777).toBe(0o600);
  });

  it("finds its data again at the next start", async () => {
    const first = await start();
    await read(first.adminUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    expect(isRunning({ pid: first.pid, startedAt: identifyProcess(first.pid)?.startedAt ?? "" })).toBe(false);
    const second = await start();
    expect(await read(second.adminUrl, "SELECT answer FROM kept")).toBe(42);
  });

  it("refuses a second start on the same data, and says who holds it", async () => {
    await start();
    await expect(start()).rejects.toMatchObject({
      code: "ALREADY_RUNNING",
      message: expect.stringContaining(`${process.pid}`),
    });
  });

  it("refuses a port that is taken, and names it", async () => {
    const port = await findFreePort();
    const other = createServer().listen(port, "127.0.0.1");
    await expect(start({ port })).rejects.toMatchObject({
      code: "PORT_TAKEN",
      message: expect.stringContaining(`${port}`),
    });
    await new Promise((resolve) => other.close(resolve));
  });

  it("ends within seconds of a kill -9 of the process that started it, and the next start has the data", async () => {
    const { starter, adminUrl } = await startElsewhere();
    await read(adminUrl, "CREATE TABLE IF NOT EXISTS survived AS SELECT 1 AS yes");
    const { guardian, postgres } = record();
    starter.kill("SIGKILL");
    expect(await goneWithin([guardian, postgres], 5_000)).toBe(true);
    const next = await start();
    expect(await read(next.adminUrl, "SELECT yes FROM survived")).toBe(1);
  });

  it("is not reached by what a terminal sends to its starter's process group", async () => {
    const { starter, adminUrl } = await startElsewhere();
    process.kill(-(starter.pid ?? 0), "SIGINT");
    process.kill(-(starter.pid ?? 0), "SIGHUP");
    await sleep(500);
    expect(await read(adminUrl, "SELECT 1")).toBe(1);
  });

  it("recovers when its guardian and its starter were killed too and PostgreSQL was left alone", async () => {
    const { starter } = await startElsewhere();
    const { guardian, postgres } = record();
    process.kill(guardian.pid, "SIGSTOP");
    starter.kill("SIGKILL");
    process.kill(guardian.pid, "SIGKILL");
    expect(await goneWithin([guardian], 2_000)).toBe(true);
    expect(isRunning(postgres)).toBe(true);
    const next = await start();
    expect(isRunning(postgres)).toBe(false);
    expect(await read(next.adminUrl, "SELECT yes FROM survived")).toBe(1);
  });

  it("starts over a pid file whose pid belongs to another process by now, and leaves that process alone", async () => {
    const server = await start();
    const { guardian, postgres } = record();
    const pidFile = readFileSync(join(server.pgdata, "postmaster.pid"), "utf8");
    await server.stop();
    // Under PostgreSQL's own user: of another user's process it can tell by itself that it is no PostgreSQL of its own.
    const stranger = spawn("/bin/sleep", ["60"], { stdio: "ignore", ...accountIds() });
    const identity = identifyProcess(stranger.pid ?? -1);
    writeFileSync(
      join(server.pgdata, "postmaster.pid"),
      pidFile.replace(/^\d+/, `${stranger.pid}`).replace(/\n\d{10}\n/, "\n1700000000\n"),
    );
    const stale = { ...postgres, pid: stranger.pid ?? -1 };
    writeFileSync(
      join(directory, "data", "server.json"),
      JSON.stringify({ starter: stale, guardian: { ...guardian, pid: stale.pid }, postgres: stale }),
    );
    const next = await start();
    expect(await read(next.adminUrl, "SELECT 1")).toBe(1);
    expect(identity !== null && isRunning(identity)).toBe(true);
    stranger.kill("SIGKILL");
  });

  it("deletes the data of an ephemeral server when it ends, also by kill -9", async () => {
    await removePostgres(join(directory, "data"), stateRoots);
    const { starter } = await startElsewhere("ephemeral");
    const { guardian } = record();
    starter.kill("SIGKILL");
    expect(await goneWithin([guardian], 5_000)).toBe(true);
    expect(existsSync(join(directory, "data"))).toBe(false);
  });

  it("says so in one line when the data directory cannot be made", async () => {
    writeFileSync(join(directory, "a-file"), "");
    await expect(start({ dataDirectory: join(directory, "a-file", "data") })).rejects.toMatchObject({
      code: "DATA_DIRECTORY_UNUSABLE",
      message: expect.stringMatching(/^[^\n]*CLIC_STATE[^\n]*$/),
    });
  });

  it("as root in a folder that others cannot enter, keeps its data in a place of its own", async () => {
    if (!isRoot) return;
    const closed = join(directory, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const dataDirectory = join(closed, "data");
    const first = await start({ dataDirectory });
    expect(first.pgdata).toMatch(new RegExp(`^${stateRoots[0]}/`));
    expect(statSync(first.pgdata).uid).not.toBe(0);
    await read(first.adminUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    const second = await start({ dataDirectory });
    expect(await read(second.adminUrl, "SELECT answer FROM kept")).toBe(42);
    await second.stop();

    rmSync(closed, { recursive: true });
    mkdirSync(closed, { mode: 0o700 });
    const anew = await start({ dataDirectory });
    expect(anew.pgdata).not.toBe(first.pgdata);
    expect(existsSync(first.pgdata)).toBe(false);
    await anew.stop();

    const elsewhere = join(directory, "elsewhere");
    mkdirSync(elsewhere, { mode: 0o700 });
    const other = await start({ dataDirectory: join(elsewhere, "data") });
    await other.stop();
    rmSync(elsewhere, { recursive: true });
    await (await start({ dataDirectory })).stop();
    expect(existsSync(other.pgdata)).toBe(false);
    expect(existsSync(anew.pgdata)).toBe(true);

    await removePostgres(dataDirectory, stateRoots);
    expect(readdirSync(stateRoots[0] ?? "").filter((entry) => !entry.startsWith("postgresql-"))).toEqual([]);
  });
});
