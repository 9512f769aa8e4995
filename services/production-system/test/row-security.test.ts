import { newGlobalId } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadDemonstration } from "../src/demonstration.ts";
import { subgraph } from "../src/schema.ts";

let service: TestSubgraph;
beforeAll(async () => void (service = await startTestSubgraph(subgraph, [loadDemonstration])));
afterAll(() => service.stop());

/** The rows that a statement touches as the service's role for this viewer: past every rule of the application. */
const sql = (viewer: Viewer, text: string, params: unknown[] = []): Promise<object[]> =>
  transact(service.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params));

const bare = (type: "Rpiw" | "Metric", key: string): string => seedId(type, key).slice(4);
const rpiw = bare("Rpiw", "demo-rpiw-3");
const owner = personViewer({ personId: seedId("Person", "secondee"), organisationId: null, roles: ["MEMBER"] });
const sponsor = personViewer({ personId: seedId("Person", "demo-person-2"), organisationId: null, roles: ["MEMBER"] });
const tables = ["rpiw", "rpiw_phase_change", "metric", "reading", "review"];

describe("row-level security, with the application's own scoping removed", () => {
  it("shows the public nothing but the phases", async () => {
    for (const table of tables.slice(1)) {
      expect(await sql(anonymous, `select id from production_system.${table}`)).toEqual([]);
      expect((await sql(analyst(), `select id from production_system.${table}`)).length).toBeGreaterThan(0);
    }
    expect(await sql(anonymous, "select id from production_system.rpiw")).toHaveLength(5);
  });

  it("lets the office and the RPIW's own process owner change it, and nobody else", async () => {
    const change = "update production_system.rpiw set team_size = 9 where id = ? returning id";
    for (const viewer of [anonymous, member(), lead(), analyst(), sponsor])
      expect(await sql(viewer, change, [rpiw])).toEqual([]);
    for (const viewer of [owner, office()]) expect(await sql(viewer, change, [rpiw])).toHaveLength(1);
    expect(await sql(owner, change, [bare("Rpiw", "demo-rpiw-4")])).toEqual([]);
    const forged = newGlobalId("Person").slice(4);
    for (const column of ["process_owner_id", "sponsor_id", "lead_organisation_id"])
      await expect(
        sql(owner, `update production_system.rpiw set ${column} = ? where id = ?`, [forged, rpiw]),
      ).rejects.toMatchObject({ constraint: "rpiw_owner_only_delivers" });
  });

  it("lets them alone add metrics, readings, reviews and history, and the system alone add an RPIW", async () => {
    const metric = bare("Metric", "demo-rpiw-3 Assessed within a day");
    const id = (): string => newGlobalId("Metric").slice(4);
    const inserts: (() => [string, unknown[]])[] = [
      () => [
        "insert into production_system.metric (id, rpiw_id, name, unit, direction) values (?, ?, ?, 'u', 'LOWER_IS_BETTER')",
        [id(), rpiw, id()],
      ],
      () => [
        "insert into production_system.reading (id, metric_id, taken_on, value) values (?, ?, '2026-11-01', 1)",
        [id(), metric],
      ],
      () => [
        "insert into production_system.rpiw_phase_change (id, rpiw_id, phase, changed_at) values (?, ?, 'WORKSHOP', now())",
        [id(), rpiw],
      ],
    ];
    for (const insert of inserts) {
      for (const viewer of [anonymous, member(), analyst(), sponsor])
        await expect(sql(viewer, ...insert())).rejects.toThrow(/row-level security/);
      for (const viewer of [owner, office()]) await sql(viewer, ...insert());
    }
    const rpiws = "insert into production_system.rpiw (id, title, phase) values (?, 't', 'PROPOSED')";
    for (const viewer of [anonymous, owner, office()])
      await expect(sql(viewer, rpiws, [id()])).rejects.toThrow(/row-level security/);
  });

  it("lets a review be held by who delivers, and waived by the sponsor's or the office's own signature", async () => {
    const review = seedId("Review", "demo-rpiw-4 DAY_60").slice(4);
    const deliverer = personViewer({
      personId: seedId("Person", "demo-person-4"),
      organisationId: null,
      roles: ["MEMBER"],
    });
    const waive = (viewer: Viewer, by: Viewer) =>
      sql(
        viewer,
        "update production_system.review set waived_on = '2026-11-01', waiver_reason = 'r', waived_by_id = ? where id = ? returning id",
        [by.personId?.slice(4), review],
      );
    const hold = (viewer: Viewer) =>
      sql(viewer, "update production_system.review set held_on = '2026-11-01' where id = ? returning id", [review]);
    await expect(waive(deliverer, deliverer)).rejects.toThrow(/row-level security/);
    for (const viewer of [deliverer, office(), sponsor])
      await expect(waive(viewer, lead())).rejects.toThrow(/row-level security/);
    await expect(hold(sponsor)).rejects.toThrow(/row-level security/);
    for (const viewer of [anonymous, member(), lead(), analyst(), owner]) expect(await hold(viewer)).toEqual([]);
    await expect(sql(office(), "update production_system.review set due_on = '2030-01-01'")).rejects.toThrow(
      /permission denied/,
    );
    expect(await waive(sponsor, sponsor)).toHaveLength(1);
  });

  it("deletes nothing for anybody, and history is not even changed", async () => {
    for (const table of ["rpiw", "metric", "reading", "review"])
      expect(await sql(office(), `delete from production_system.${table} returning id`)).toEqual([]);
    await expect(sql(office(), "update production_system.rpiw_phase_change set phase = 'CLOSED'")).rejects.toThrow(
      /permission denied/,
    );
    await expect(sql(office(), "delete from production_system.rpiw_phase_change")).rejects.toThrow(/permission denied/);
  });

  it("binds the owner of the tables too", async () => {
    const forced = await service.arrange(({ em }) =>
      em.execute(
        "select relname from pg_class where relnamespace = 'production_system'::regnamespace and relkind = 'r' and relname <> 'migration' and not (relrowsecurity and relforcerowsecurity)",
        [],
      ),
    );
    expect(forced).toEqual([]);
  });
});

describe("a frozen baseline", () => {
  const frozen = bare("Metric", "demo-rpiw-1 Calls about a prescription");

  it("is refused by the database, whoever changes it", async () => {
    for (const change of [
      "baseline = 1",
      "baseline_taken_on = '2026-01-01'",
      "target = 1",
      "unit = 'calls'",
      "direction = 'HIGHER_IS_BETTER'",
      "baseline_frozen_at = null",
    ])
      await expect(
        sql(office(), `update production_system.metric set ${change} where id = ?`, [frozen]),
      ).rejects.toThrow(/frozen/);
  });

  it("leaves the metric's name free, and metrics that aren't frozen", async () => {
    expect(
      await sql(office(), "update production_system.metric set name = 'Calls' where id = ? returning id", [frozen]),
    ).toHaveLength(1);
    const open = bare("Metric", "demo-rpiw-3 Assessed within a day");
    expect(
      await sql(owner, "update production_system.metric set baseline = 40, target = 80 where id = ? returning id", [
        open,
      ]),
    ).toHaveLength(1);
  });
});

describe("the database's own rules", () => {
  it.each([
    ["a phase without a charter", "update production_system.rpiw set process_owner_id = null where id = ?"],
    ["a team of eleven", "update production_system.rpiw set team_size = 11 where id = ?"],
    ["a workshop without a day", "update production_system.rpiw set phase = 'WORKSHOP' where id = ?"],
    ["no phase, outside the founding facts", "update production_system.rpiw set phase = null where id = ?"],
  ])("refuse %s", async (_, change) => {
    await expect(sql(office(), change, [rpiw])).rejects.toThrow(/check constraint/);
  });
});
