import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findFreePort, startPostgres } from "@clic/local-postgres";
import type { LocalPostgres } from "@clic/local-postgres";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Client } from "pg";

import { runStandIn } from "../test/stand-in.run.ts";
import type { StandInRun } from "../test/stand-in.run.ts";

const ready = "Stop with Ctrl-C";

describe("clic start with DATABASE_URL", () => {
  let root: string;
  let server: LocalPostgres;
  let ports: Record<string, string>;
  const start = (url: string, ...args: string[]): StandInRun =>
    runStandIn(root, { ...ports, DATABASE_URL: url }, ...args);
  const query = async (database: string, text: string): Promise<unknown[]> => {
    const url = new URL(server.adminUrl);
    url.pathname = `/${database}`;
    const client = new Client(url.href);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const finish = async (run: StandInRun): Promise<StandInRun> => {
    await run.printed(ready);
    run.kill("SIGTERM");
    expect(await run.ended).toMatchObject({ code: 0 });
    return run;
  };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "cli-"));
    server = await startPostgres({ dataDirectory: mkdtempSync(join(tmpdir(), "cli-server-")), ephemeral: true });
    ports = { GATEWAY_PORT: `${await findFreePort()}`, EVENTS_PORT: `${await findFreePort()}` };
  });
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it("uses that server, starts none, and leaves it running with its data", async () => {
    await finish(start(server.adminUrl));
    expect(existsSync(join(root, ".clic", "postgres"))).toBe(false);
    await query("graph", "CREATE TABLE public.kept AS SELECT 42 AS answer");
    await finish(start(server.adminUrl));
    expect(await query("graph", "SELECT answer FROM public.kept")).toEqual([{ answer: 42 }]);
  });

  it("drops with --fresh only the databases that it made, and says so", async () => {
    await query("postgres", "CREATE DATABASE theirs");
    const run = await finish(start(server.adminUrl, "--fresh"));
    expect(run.stdout()).toContain("Dropped on the server of DATABASE_URL: graph, graph_bus. Other databases");
    await expect(query("graph", "SELECT answer FROM public.kept")).rejects.toThrow(/does not exist/);
    expect(await query("theirs", "SELECT 1 AS there")).toEqual([{ there: 1 }]);
  });

  it.each([
    [
      "a server that is not there",
      async () => `postgresql://me:hunter2@127.0.0.1:${await findFreePort()}/postgres`,
      /Cannot connect to PostgreSQL at me@127\.0\.0\.1:\d+\/postgres .* correct DATABASE_URL/,
    ],
    [
      "a wrong password",
      async () => server.adminUrl.replace(/:[^:@]+@/, ":hunter2@"),
      /Cannot connect .*password authentication failed.* correct DATABASE_URL/,
    ],
    ["no URL", async () => "my database", /DATABASE_URL: write postgresql:\/\//],
    [
      "a login without the rights",
      async () => {
        await query("postgres", "CREATE ROLE guest LOGIN PASSWORD 'hunter2'");
        return server.adminUrl.replace(/postgres:[^:@]+@/, "guest:hunter2@");
      },
      /guest@.* must be a superuser, or have CREATEDB and CREATEROLE/,
    ],
  ])("refuses %s in one line with the cure, and not with the password", async (_case, url, expected) => {
    const run = start(await url());
    expect(await run.ended).toMatchObject({ code: 1 });
    const lines = run
      .stderr()
      .trimEnd()
      .split("\n")
      .filter((line) => line.startsWith("clic: "));
    expect(lines).toEqual([expect.stringMatching(expected)]);
    expect(run.stderr().split("Cannot connect").length).toBeLessThanOrEqual(2);
    expect(run.stdout() + run.stderr()).not.toContain("hunter2");
  });
});
