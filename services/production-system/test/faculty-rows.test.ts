import { newGlobalId, newUuid } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office } from "@clic/subgraph-testing";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { coach, type FacultyWorld, practice, startFaculty } from "./faculty-world.ts";

let world: FacultyWorld;
beforeAll(async () => void (world = await startFaculty()));
afterAll(() => world.service.stop());

describe("the database, past every rule of the application", () => {
  const sql = (viewer: Viewer, text: string, params: unknown[] = []): Promise<object[]> =>
    transact(world.service.orm.em, viewer, new Date(), ({ em }) => em.execute(text, params));
  const table = "production_system.faculty_membership";
  const records = "production_system.teaching_record";
  const bare = (id: string): string => id.slice(4);
  const change = (viewer: Viewer, id: string, set: string) =>
    sql(viewer, `update ${table} set ${set} where id = ? returning id`, [bare(id)]);

  it("accredits nobody without evidence, and lets nobody write the counts of it", async () => {
    const { id } = await world.nominate();
    const accreditation = "accredited_on = '2026-11-25', accredited_until = '2027-11-25'";
    await world.teach(id, "INTRODUCTORY_WORKSHOP");
    await world.teach(id, "PROJECT_REVIEW");
    await world.teach(id, "SESSION");
    await expect(change(office(), id, accreditation)).rejects.toThrow(/faculty_accredited_with_evidence/);
    await world.teach(id, "SESSION");
    expect(await change(office(), id, accreditation)).toHaveLength(1);
    for (const counted of [
      "sessions_taught = 9",
      "trained_from = '2026-01-01'",
      "projects_reviewed = 9",
      "sessions_needed = 1",
      "person_id = gen_random_uuid()",
    ])
      await expect(change(office(), id, counted)).rejects.toThrow(/permission denied/);
    await expect(
      sql(
        office(),
        `insert into ${table} (id, person_id, level, nominated_on, sessions_needed, sessions_taught) values (gen_random_uuid(), gen_random_uuid(), 'CHAMPION', '2026-01-01', 2, 9)`,
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it("renews nobody early, for longer than a year, or without teaching since", async () => {
    const id = await world.readyForAccreditation();
    await world.accredit(id);
    const refused = /faculty membership|does not change/i;
    await expect(change(office(), id, "renewed_on = '2027-10-01', accredited_until = '2028-11-25'")).rejects.toThrow(
      refused,
    );
    await world.teach(id, "SESSION", { on: "2026-11-25" });
    await expect(change(office(), id, "renewed_on = '2027-10-01', accredited_until = '2028-11-25'")).rejects.toThrow(
      refused,
    );
    world.on("2027-01-10");
    await world.teach(id, "SESSION", { on: "2027-01-09" });
    world.on("2026-11-25");
    await expect(change(office(), id, "renewed_on = '2027-09-25', accredited_until = '2028-11-25'")).rejects.toThrow(
      refused,
    );
    await expect(change(office(), id, "renewed_on = '2027-10-01', accredited_until = '2029-11-25'")).rejects.toThrow(
      refused,
    );
    await expect(change(office(), id, "accredited_until = '2028-11-25'")).rejects.toThrow(refused);
    expect(await change(office(), id, "renewed_on = '2027-10-01', accredited_until = '2028-11-25'")).toHaveLength(1);
  });

  it("lets people do no more to their own than leave, for good, and nobody accredit themselves", async () => {
    const personId = newGlobalId("Person");
    const own = personViewer({ personId, organisationId: practice, roles: ["MEMBER"] });
    const { id } = await world.nominate({ personId });
    await expect(change(own, id, "coach_id = null")).rejects.toMatchObject({ constraint: "faculty_own_steps" });
    for (const viewer of [anonymous, member(), lead(), coach, analyst()])
      expect(await change(viewer, id, "left_on = '2026-11-25'")).toEqual([]);
    expect(await change(own, id, "left_on = '2026-11-25'")).toHaveLength(1);
    await expect(change(office(), id, "left_on = null")).rejects.toMatchObject({ constraint: "faculty_left" });
    const mine = await world.nominate({ personId: office("own").personId });
    for (const kind of ["INTRODUCTORY_WORKSHOP", "SESSION", "SESSION", "PROJECT_REVIEW"])
      await world.teach(mine.id, kind);
    await expect(
      change(office("own"), mine.id, "accredited_on = '2026-11-25', accredited_until = '2027-11-25'"),
    ).rejects.toMatchObject({
      constraint: "faculty_not_by_oneself",
    });
  });

  it("takes nominations from the office and the organisation's leads, one live a person", async () => {
    const insert = (viewer: Viewer, person: string) =>
      sql(
        viewer,
        `insert into ${table} (id, person_id, organisation_id, level, nominated_on, sessions_needed) values (?, ?, ?, 'CHAMPION', '2026-11-25', 2)`,
        [newUuid(), person, bare(practice)],
      );
    for (const viewer of [anonymous, member(), analyst(), lead("l", "demo-trust-2")])
      await expect(insert(viewer, newUuid())).rejects.toThrow(/row-level security/);
    const person = newUuid();
    await insert(lead(), person);
    await expect(insert(office(), person)).rejects.toThrow(/faculty_one_live/);
  });

  it("takes teaching records from the office and the coach, in their own name, of somebody else who is still there", async () => {
    const { id } = await world.nominate();
    const insert = (viewer: Viewer, membership: string, by = viewer.personId) =>
      sql(
        viewer,
        `insert into ${records} (id, membership_id, kind, took_place_on, recorded_by_id) values (?, ?, 'SESSION', '2026-11-20', ?)`,
        [newUuid(), bare(membership), by?.slice(4) ?? null],
      );
    for (const viewer of [anonymous, member(), analyst(), lead()])
      await expect(insert(viewer, id)).rejects.toThrow(/row-level security/);
    await expect(insert(coach, id, member().personId)).rejects.toThrow(/row-level security/);
    await insert(coach, id);
    await insert(office(), id);
    const own = await world.nominate({ personId: office("self").personId });
    await expect(insert(office("self"), own.id)).rejects.toThrow(/row-level security/);
    await world.leave(id);
    await expect(insert(office(), id)).rejects.toMatchObject({ constraint: "faculty_left" });
    for (const text of [`delete from ${records}`, `update ${records} set kind = 'SESSION'`, `delete from ${table}`])
      await expect(sql(office(), text)).rejects.toThrow(/permission denied/);
  });

  it("shows a membership and its teaching to those concerned alone", async () => {
    const { id } = await world.nominate();
    await world.teach(id, "INTRODUCTORY_WORKSHOP");
    const seen = async (viewer: Viewer) => [
      (await sql(viewer, `select id from ${table} where id = ?`, [bare(id)])).length,
      (await sql(viewer, `select id from ${records} where membership_id = ?`, [bare(id)])).length,
    ];
    for (const viewer of [coach, lead(), office(), analyst()]) expect(await seen(viewer)).toEqual([1, 1]);
    for (const viewer of [anonymous, member(), lead("l", "demo-trust-2")]) expect(await seen(viewer)).toEqual([0, 0]);
  });
});
