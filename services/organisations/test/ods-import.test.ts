import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { organisationsChanged } from "@clic/bus";
import { type ImportMessage, type ImportPhase, type ImportReport, writeMadeUpOdsFile } from "@clic/ods";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { Client } from "pg";
import { importOdsFile } from "../src/ods-import/import-ods-file.ts";
import { subgraph as definition } from "../src/schema.ts";

const long = process.env["TEST_LONG"] === "1";
const rows = long ? 200_000 : 6000;
const folder = mkdtempSync(join(tmpdir(), "clic-ods-import-"));
const main = join(import.meta.dirname, "../src/ods-import/main.ts");
const patience = long ? 900_000 : 240_000;
jest.setTimeout(patience);

interface World {
  readonly subgraph: TestSubgraph;
  readonly admin: Client;
}
const worlds: World[] = [];
async function openWorld(): Promise<World> {
  const subgraph = await startTestSubgraph(definition);
  const admin = new Client({ connectionString: subgraph.database.url, options: "-c search_path=organisations" });
  await admin.connect();
  const world = { subgraph, admin };
  worlds.push(world);
  return world;
}
afterAll(async () => {
  for (const { admin, subgraph } of worlds) {
    await admin.end();
    await subgraph.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly messages: ImportMessage[];
  /** Settles when the process has ended. */
  readonly ended: Promise<ImportMessage | undefined>;
}
function start({ subgraph }: World, file: string, asAt = "2026-11-25"): Running {
  const args = ["--file", file, "--as-at", asAt, "--by", "tester", "--report", join(folder, "refused.csv")];
  const url = subgraph.database.services["organisations"]?.migrationDatabaseUrl;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env["PATH"], MIGRATION_DATABASE_URL: url },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const messages: ImportMessage[] = [];
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => (words += chunk.toString()));
  child.on("message", (message) => messages.push(message as ImportMessage));
  const ended = once(child, "close").then(() => {
    const last = messages.findLast(({ type }) => type !== "progress");
    if (last === undefined && child.signalCode === null) throw new Error(words);
    return last;
  });
  return { child, messages, ended };
}
/** As a process of its own, which is how it is started. */
async function runApart(world: World, file: string): Promise<ImportReport> {
  const last = await start(world, file).ended;
  if (last?.type !== "ended") throw new Error(`It was not imported: ${JSON.stringify(last)}`);
  return last;
}
/** The same in this process, which is quicker. */
async function run({ subgraph }: World, path: string, asAt = "2026-11-25"): Promise<ImportReport> {
  const databaseUrl = subgraph.database.services["organisations"]?.migrationDatabaseUrl as string;
  const where = { report: join(folder, "refused.csv"), startedBy: "tester", onProgress: () => undefined };
  return await importOdsFile({ databaseUrl, path, asAt, kind: null, ...where });
}
const write = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\r\n")}\r\n`);
  return path;
};
const line = (values: Record<number, string>): string =>
  Array.from({ length: 27 }, (_, index) => `"${values[index + 1] ?? ""}"`).join(",");
const row = (code: string, parent = "", more: Record<number, string> = {}): string =>
  line({ 1: code, 2: `NAME OF ${code}`, 11: "20000401", 13: "A", 15: parent, ...more });
const reasonsOf = ({ reasons }: ImportReport): Record<string, number> =>
  Object.fromEntries(reasons.map(({ reason, rows: count }) => [reason, count]));

/** Everything that an import writes, without when and as which run and id it did. */
async function everything({ admin }: World): Promise<unknown> {
  const { rows: sums } = await admin.query(
    `select (select count(*)::int from organisation) as organisations,
      (select md5(string_agg(concat_ws('|', o.ods_code, o.name, o.kind, o.status, o.ods_status, p.ods_code, o.parent_from, o.parent_to, o.valid_from,
        o.valid_to, o.address_lines, o.postcode, o.telephone), ',' order by o.ods_code)) from organisation o left join organisation p on p.id = o.parent_id) as rows,
      (select md5(string_agg(concat_ws('|', v.ods_code, v.number, v.from_day, v.to_day, v.name, v.status, p.ods_code), ',' order by v.ods_code, v.number))
        from organisation_version v left join organisation p on p.id = v.parent_id) as versions,
      (select md5(string_agg(concat_ws('|', line, code, reason), ',' order by line)) from import_refusal) as refusals`,
  );
  return sums[0];
}
async function told({ admin }: World): Promise<Map<string, number>> {
  const { rows: facts } = await admin.query<{ type: string; data: unknown }>("select type, data from outbox");
  const times = new Map<string, number>();
  for (const { type, data } of facts) {
    expect(type).toBe(organisationsChanged.type);
    for (const { odsCode } of organisationsChanged.data.parse(data).organisations)
      times.set(odsCode as string, (times.get(odsCode as string) ?? 0) + 1);
  }
  return times;
}

const first = join(folder, "first.csv");
const second = join(folder, "second.csv");
let broken: Readonly<Record<string, number>>;
let straight: World;
let report: ImportReport;
beforeAll(async () => {
  ({ broken } = await writeMadeUpOdsFile(first, { rows, brokenPerCent: 5 }));
  await writeMadeUpOdsFile(second, { rows, brokenPerCent: 5, edition: 2 });
  straight = await openWorld();
  report = await runApart(straight, first);
  process.stdout.write(
    `${report.rows} rows in ${report.seconds.toFixed(1)} s, ${Math.round(report.rows / report.seconds)} rows/s, ${report.peakMegabytes} MB\n`,
  );
});

describe("importing a file", () => {
  it("brings in every row that is whole, refuses every one that is broken for what was broken, and loses none", async () => {
    expect(reasonsOf(report)).toEqual(broken);
    const { added, changed, unchanged, refused, read } = report;
    expect({ changed, unchanged, read }).toEqual({ changed: 0, unchanged: 0, read: rows });
    expect(added + refused).toBe(rows);
    expect(refused).toBe(Object.values(broken).reduce((sum, count) => sum + count, 0));
    const { rows: counted } = await straight.admin.query("select count(*)::int as n from organisation");
    expect(counted).toEqual([{ n: added }]);
  });

  it("writes a report with a line for each refused row", () => {
    const lines = readFileSync(join(folder, "refused.csv"), "utf8").trim().split("\n");
    expect(lines[0]).toBe("line,code,reason,message");
    expect(lines.length - 1).toBe(report.refused);
    const places = lines.slice(1).map((each) => Number(each.split(",")[0]));
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  });

  it("tells of each organisation once, as the contract of the fact says", async () => {
    const times = await told(straight);
    expect(times.size).toBe(report.added);
    expect(new Set(times.values())).toEqual(new Set([1]));
  });

  it("changes nothing and tells nothing when the same file comes again, under another name", async () => {
    const before = await everything(straight);
    const facts = await told(straight);
    const { rows: versions } = await straight.admin.query("select count(*)::int as n from organisation_version");
    const copy = join(folder, "copy.csv");
    writeFileSync(copy, readFileSync(first));
    const again = await run(straight, copy);
    expect(again).toMatchObject({
      earlierRuns: 1,
      continued: false,
      read: rows,
      added: 0,
      changed: 0,
      unchanged: report.added,
      refused: report.refused,
    });
    await straight.admin.query("delete from import_refusal where run_id = $1", [again.runId.slice(4)]);
    expect(await everything(straight)).toEqual(before);
    expect(await told(straight)).toEqual(facts);
    expect((await straight.admin.query("select count(*)::int as n from organisation_version")).rows).toEqual(versions);
  });

  it("brings in what a later edition says, and keeps what was", async () => {
    const later = await run(straight, second, "2026-12-01");
    expect(later).toMatchObject({ added: 0, read: rows, refused: report.refused });
    expect(later.changed).toBeGreaterThan(rows / 100);
    const { rows: renamed } = await straight.admin.query<{ ods_code: string; name: string }>(
      "select ods_code, name from organisation where name like '%(2)' order by ods_code limit 1",
    );
    const { ods_code: odsCode, name } = renamed[0] as { ods_code: string; name: string };
    const { data } = await straight.subgraph.ask(
      anonymous,
      `query ($odsCode: String!) { before: organisationAsOf(odsCode: $odsCode, date: "2026-11-30") { name }
          after: organisationAsOf(odsCode: $odsCode, date: "2026-12-01") { name } }`,
      { odsCode },
    );
    expect(data).toEqual({ before: { name: name.replace(" (2)", "") }, after: { name } });
    // An organisation that is gone from a file is not gone.
    const { rows: counted } = await straight.admin.query("select count(*)::int as n from organisation");
    expect(counted).toEqual([{ n: report.added }]);
    await expect(run(straight, first, "2026-11-30")).rejects.toThrow("2026-12-01");
  });

  it("holds no more of a large file than of a small one", () => {
    expect(report.peakMegabytes).toBeLessThan(400);
  });
});

/** Settles when an import tells that it is in this phase. Rejects when it ends before. */
function isIn({ child }: Running, phase: ImportPhase): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: ImportMessage) => {
      if (message.type === "progress" && message.phase === phase) resolve();
    });
    child.on("close", () => reject(new Error(`It ended before it was ${phase}.`)));
  });
}

describe("an import that is killed", () => {
  const phases: readonly ImportPhase[] = ["READING", "CHECKING", "APPLYING"];

  it("goes on where it was, whenever that was, and ends as if nothing had happened", async () => {
    const world = await openWorld();
    let kills = 0;
    for (const phase of phases) {
      const running = start(world, first);
      await isIn(running, phase);
      running.child.kill("SIGKILL");
      await running.ended;
      if (running.child.signalCode === "SIGKILL") kills++;
    }
    expect(kills).toBe(3);
    const { rows: found } = await world.admin.query("select phase, rows_read, added, continued from import_run");
    expect(found).toEqual([{ phase: "APPLYING", rows_read: rows, added: expect.any(Number), continued: 2 }]);
    const last = await run(world, first);
    expect(last).toMatchObject({ read: rows, continued: true, added: report.added, refused: report.refused });
    const fresh = await openWorld();
    await run(fresh, first);
    expect(await everything(world)).toEqual(await everything(fresh));
    const times = await told(world);
    expect(times.size).toBe(report.added);
    expect(new Set(times.values())).toEqual(new Set([1]));
    const { rows: runs } = await world.admin.query(
      "select phase, read_sum from (select phase, added + changed + unchanged + refused as read_sum from import_run) r",
    );
    expect(runs).toEqual([{ phase: "FINISHED", read_sum: rows }]);
  });

  it("is not read from the start again", async () => {
    const world = await openWorld();
    const running = start(world, first);
    await isIn(running, "APPLYING");
    running.child.kill("SIGKILL");
    await running.ended;
    const again = start(world, first);
    await again.ended;
    const worked = again.messages.filter(({ type }) => type === "progress") as { phase: string }[];
    expect(worked.some(({ phase }) => phase === "READING")).toBe(false);
  });
});

describe("what shows only when all rows are there", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });

  it("is a code twice, a parent that is nowhere and those below it, a circle of any length", async () => {
    const deep = Array.from({ length: 40 }, (_, index) => row(`D${100 + index}`, index === 0 ? "" : `D${99 + index}`));
    const result = await run(
      world,
      write("together.csv", [
        row("CHILD1", "LATER1"),
        row("TWICE1"),
        row("TWICE1", "", { 2: "ANOTHER" }),
        row("LOST1", "NOWHERE"),
        row("LOST2", "LOST1"),
        row("LOST3", "LOST2"),
        row("RING1", "RING2"),
        row("RING2", "RING3"),
        row("RING3", "RING1"),
        row("BELOW1", "RING1"),
        row("LATER1"),
        ...deep,
      ]),
    );
    expect(reasonsOf(result)).toEqual({ DUPLICATE_CODE: 1, UNKNOWN_PARENT: 5, PARENT_CYCLE: 9 });
    expect(result.added).toBe(51 - 15);
    const { data } = await world.subgraph.ask(
      anonymous,
      `{ organisation(odsCode: "TWICE1") { name } child: organisation(odsCode: "CHILD1") { parent { odsCode } } }`,
    );
    expect(data).toEqual({ organisation: { name: "NAME OF TWICE1" }, child: { parent: { odsCode: "LATER1" } } });
  });

  it("is a circle through what is in the directory and not in the file, and no circle where the file turns it round", async () => {
    await run(world, write("line.csv", [row("TOP1"), row("MIDDLE1", "TOP1"), row("END1", "MIDDLE1")]));
    const closing = await run(world, write("closing.csv", [row("TOP1", "END1")]));
    expect(reasonsOf(closing)).toEqual({ PARENT_CYCLE: 1 });
    const turned = await run(world, write("turned.csv", [row("TOP1", "END1"), row("MIDDLE1", "TOP1"), row("END1")]));
    expect(turned).toMatchObject({ changed: 2, unchanged: 1, refused: 0 });
    const { data } = await world.subgraph.ask(
      anonymous,
      `{ organisation(odsCode: "MIDDLE1") { parent { odsCode parent { odsCode parent { odsCode } } } } }`,
    );
    expect(data.organisation.parent).toEqual({ odsCode: "TOP1", parent: { odsCode: "END1", parent: null } });
  });

  it("is looked at in the order that the directory needs: who leaves a line does so before another one hangs below it", async () => {
    await run(world, write("hung.csv", [row("HEAD1"), row("NECK1", "HEAD1"), row("FOOT1", "NECK1")]));
    for (const lines of [
      [row("HEAD1", "FOOT1"), row("NECK1")],
      [row("NECK1", "HEAD1"), row("HEAD1")],
    ])
      expect(await run(world, write("rehung.csv", lines))).toMatchObject({ changed: 2, refused: 0 });
  });

  it("is a code that another organisation had, and what goes back to being put forward", async () => {
    await run(world, write("had.csv", [row("HAD1", "", { 12: "20100331", 13: "C" }), row("OPEN1")]));
    const result = await run(
      world,
      write("reused.csv", [row("HAD1", "", { 11: "20150401" }), row("OPEN1", "", { 11: "20990401", 13: "P" })]),
    );
    expect(reasonsOf(result)).toEqual({ CODE_REUSED: 1, STATUS_REFUSED: 1 });
    const { data } = await world.subgraph.ask(
      anonymous,
      `{ organisation(odsCode: "HAD1") { status validTo odsStatus } }`,
    );
    expect(data.organisation).toEqual({ status: "INACTIVE", validTo: "2010-03-31", odsStatus: "CLOSED" });
  });

  it("is a circle that somebody closed after the rows were looked at: that row alone is refused", async () => {
    const file = write("meanwhile.csv", [row("LEFT1"), row("RIGHT1"), row("OTHER1")]);
    await run(world, file);
    const moved = write("moved.csv", [row("LEFT1", "RIGHT1"), row("OTHER1", "RIGHT1"), row("NEW1", "OTHER1")]);
    // Held at its first change of the directory, while the office moves RIGHT1 below LEFT1.
    const office = new Client({
      connectionString: world.subgraph.database.url,
      options: "-c search_path=organisations",
    });
    await office.connect();
    await office.query("begin; lock table outbox in access exclusive mode");
    const running = start(world, moved);
    const isWaiting = async (): Promise<boolean> =>
      (
        await world.admin.query(
          "select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())",
        )
      ).rows.length > 0;
    while (running.child.exitCode === null && !(await isWaiting())) await sleep(20);
    running.child.kill("SIGKILL");
    await running.ended;
    await office.query("rollback");
    await office.query(
      "update organisation set parent_id = (select id from organisation where ods_code = 'LEFT1') where ods_code = 'RIGHT1'",
    );
    await office.end();
    const result = await run(world, moved);
    expect(result).toMatchObject({ continued: true, read: 3, added: 1, changed: 1, refused: 1 });
    expect(reasonsOf(result)).toEqual({ PARENT_CYCLE: 1 });
  });
});

describe("an import keeps out", () => {
  it("another one while it runs, a file that is empty, and one that changes while it is read", async () => {
    const world = await openWorld();
    await world.admin.query("select pg_advisory_lock(hashtext('organisations.import'))");
    await expect(run(world, first)).rejects.toThrow("Another import is running");
    await world.admin.query("select pg_advisory_unlock_all()");
    await expect(run(world, write("empty.csv", []).replace("empty", "nothing"))).rejects.toThrow();
    const empty = join(folder, "empty.csv");
    writeFileSync(empty, "");
    await expect(run(world, empty)).rejects.toThrow("is empty");

    const growing = join(folder, "growing.csv");
    writeFileSync(growing, readFileSync(first));
    const running = start(world, growing);
    running.child.once("message", () => appendFileSync(growing, `${row("GROWN1")}\r\n`));
    expect(await running.ended).toMatchObject({
      type: "refused",
      message: expect.stringContaining("changed while it was read"),
    });
    const { rows: left } = await world.admin.query(
      "select (select count(*)::int from organisation) as o, (select count(*)::int from import_run) as r, (select count(*)::int from ods_row) as s",
    );
    expect(left).toEqual([{ o: 0, r: 0, s: 0 }]);
  });

  it("its own connection from what the office does: what it did is not undone by a failure behind it", async () => {
    const world = await openWorld();
    await expect(
      world.admin.query(
        `insert into import_run (id, file_name, file_sha256, file_bytes, as_at, started_by, phase, finished_at, rows_read, added)
          values (gen_random_uuid(), 'x', repeat('0', 64), 1, '2026-01-01', 'x', 'FINISHED', now(), 10, 9)`,
      ),
    ).rejects.toMatchObject({ constraint: "import_run_loses_nothing" });
  });
});

describe("the record of imports", () => {
  const query = `{ importRuns(orderBy: [{ field: STARTED_AT }]) { totalCount nodes { id fileName fileSha256 fileBytes asAt phase startedBy startedAt finishedAt
    rowsRead added changed unchanged refused refusals(first: 2) { totalCount nodes { line code reason message } groupBy(keys: [{ field: REASON }]) { count } } } } }`;

  it("is the office's to read", async () => {
    const { data, errors } = await straight.subgraph.ask(office(), query);
    expect(errors).toBeUndefined();
    expect(data.importRuns.nodes[0]).toMatchObject({
      id: report.runId,
      fileName: "first.csv",
      asAt: "2026-11-25",
      phase: "FINISHED",
      startedBy: "tester",
      rowsRead: rows,
      added: report.added,
      changed: 0,
      unchanged: 0,
      refused: report.refused,
      refusals: { totalCount: report.refused, nodes: [{ line: expect.any(Number) }, { reason: expect.any(String) }] },
    });
    expect(data.importRuns.nodes[0].fileSha256).toMatch(/^[0-9a-f]{64}$/);
    const one = await straight.subgraph.ask(office(), `query ($id: ID!) { importRun(id: $id) { added } }`, {
      id: report.runId,
    });
    expect(one.data.importRun).toEqual({ added: report.added });
  });

  it("is nobody else's, even where a service forgets to ask", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst()]) {
      const { data } = await straight.subgraph.ask(viewer, query);
      expect(data.importRuns).toMatchObject({ totalCount: 0, nodes: [] });
    }
  });
});
