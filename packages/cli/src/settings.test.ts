import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { services } from "@clic/local-postgres";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { openSecrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";
import { graphStack } from "./stack.ts";
import { openStateDirectory } from "./state-directory.ts";

describe("the settings", () => {
  it("begin with the known ports and the checkout's own state directory", () => {
    const { ports, stateDirectory, databaseUrl } = readSettings({ DATABASE_URL: "" }, "/checkout");
    expect(Object.values(ports).map(({ port }) => port)).toEqual([4000, 4001, 4002, 4003, 4004, 4005, 4010, 4032]);
    expect({ stateDirectory, databaseUrl }).toEqual({ stateDirectory: "/checkout/.clic", databaseUrl: null });
  });

  it("move all ports together, or one by its own name", () => {
    const { ports } = readSettings({ CLIC_PORT_BASE: "24000", EDUCATION_LEARNING_PORT: "9" }, "/checkout");
    expect(ports["gateway"]).toEqual({ port: 24_000, setting: "GATEWAY_PORT" });
    expect(ports["education-learning"]).toEqual({ port: 9, setting: "EDUCATION_LEARNING_PORT" });
    expect(ports["issuer"]?.port).toBe(24_010);
  });

  it.each([
    { GATEWAY_PORT: "high" },
    { GATEWAY_PORT: "70000" },
    { LOG_LEVEL: "loud" },
    { DATABASE_URL: "mysql://x/y" },
  ])("refuse %j by name", (environment) => {
    expect(() => readSettings(environment, "/checkout")).toThrow(
      new RegExp(`A setting is not right: ${Object.keys(environment)[0]}: `),
    );
  });
});

describe("the graph's stack", () => {
  it("gives each service its own two logins and key, the gateway all keys, and nobody the admin's login", () => {
    const directory = mkdtempSync(join(tmpdir(), "cli-"));
    const settings = readSettings({ DATABASE_URL: "postgresql://admin:hunter2@h/postgres", PATH: "/bin" }, "/checkout");
    const state = openStateDirectory(directory);
    const secrets = openSecrets(state.secretsFile, services);
    rmSync(directory, { recursive: true });
    const urls = Object.fromEntries(
      services.map(({ name }) => [name, { databaseUrl: `db:${name}`, migrationDatabaseUrl: `owner:${name}` }]),
    );
    const processes = graphStack(settings).processes(
      { services: urls, busDatabaseUrl: "bus", made: [] },
      secrets,
      state,
    );
    expect(processes.map(({ name }) => name)).toEqual([...services.map(({ name }) => name), "issuer", "gateway"]);
    const events = processes.find(({ name }) => name === "events");
    expect(events?.args.slice(1)).toEqual(["--migrate", "--load", "founding,demonstration"]);
    expect(events?.env).toMatchObject({
      PORT: "4005",
      HOST: "127.0.0.1",
      DATABASE_URL: "db:events",
      MIGRATION_DATABASE_URL: "owner:events",
      BUS_DATABASE_URL: "bus",
      SUBGRAPH_KEY: secrets.subgraphKeys["events"],
    });
    const gateway = processes.at(-1)?.env ?? {};
    expect(JSON.parse(gateway["SUBGRAPHS"] ?? "")).toMatchObject({
      events: { url: "http://127.0.0.1:4005/graphql", key: secrets.subgraphKeys["events"] },
    });
    expect(gateway["DATABASE_URL"]).toBeUndefined();
    expect(JSON.stringify(processes)).not.toContain("hunter2");
    expect(new Set(processes.map(({ env }) => env["SUBGRAPH_KEY"])).size).toBe(6);
  });
});

describe("the secrets", () => {
  let file: string;
  beforeAll(() => {
    file = join(mkdtempSync(join(tmpdir(), "cli-")), "secrets.json");
  });
  afterAll(() => rmSync(join(file, ".."), { recursive: true }));

  it("are made once, kept for the next start and readable by their user alone", () => {
    const first = openSecrets(file, services);
    expect(openSecrets(file, services)).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Buffer.from(first.subgraphKeys["events"] ?? "", "base64url")).toHaveLength(32);
    expect(new Set(Object.values(first.passwords)).size).toBe(11);
  });

  it("grow by what a new service needs and keep the rest", () => {
    const { passwords } = openSecrets(file, services);
    const grown = openSecrets(file, [...services, { name: "libraries", schema: "libraries", port: 1 }]);
    expect(grown.passwords).toMatchObject(passwords);
    expect(grown.passwords["libraries_owner"]).toBeDefined();
  });

  it("are not overwritten when the file is damaged", () => {
    writeFileSync(file, "{");
    expect(() => openSecrets(file, services)).toThrow(/is damaged: delete it/);
    expect(readFileSync(file, "utf8")).toBe("{");
  });
});

describe("the clic command", () => {
  const bin = join(import.meta.dirname, "..", "bin", "clic.cjs");

  it.each(["14.21.3", "20.20.2", "22.17.1"])("says in one line what to do under Node %s", (version) => {
    const preload = `data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "${version}" } })`;
    const run = spawnSync(process.execPath, ["--import", preload, bin, "start"], { encoding: "utf8", env: {} });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(
      new RegExp(`^clic needs Node 22\\.18 or newer and this is ${version}: run npm install [^\\n]*\\n$`),
    );
  });

  it("lists its commands", () => {
    expect(execFileSync(process.execPath, [bin, "--help"], { encoding: "utf8", env: {} })).toContain("start [options]");
  });
});
