import { newUuid } from "@clic/global-id";
import { createTestDatabase } from "@clic/local-postgres";
import { migrate } from "@clic/subgraph-kit";
import { expect, it } from "@jest/globals";
import { Client } from "pg";
import { orm } from "../src/orm.config.ts";

it("turns an assessment of one mark into a score by the one criterion of a retired set, and loses nothing of it", async () => {
  const database = await createTestDatabase({ services: ["organisations"] });
  const ownerUrl = database.services["organisations"]?.migrationDatabaseUrl as string;
  const superuser = new Client({ connectionString: database.url });
  await superuser.connect();
  try {
    const before = orm.migrations.slice(
      0,
      orm.migrations.findIndex(({ name }) => name === "20261126-criteria"),
    );
    await migrate({ ...orm, migrations: before }, ownerUrl);
    await superuser.query("set search_path = organisations");
    const [organisation, first, second, request] = [newUuid(), newUuid(), newUuid(), newUuid()];
    await superuser.query(
      "insert into organisation (id, name, kind, status, source) values ($1, 'O', 'PRACTICE', 'ACTIVE', 'USER')",
      [organisation],
    );
    await superuser.query("insert into person (id, source) values ($1, 'USER'), ($2, 'USER')", [first, second]);
    await superuser.query(
      `insert into support_request (id, requested_by_id, title, need, received_on, status, score, source)
       values ($1, $2, 'T', 'N', now(), 'ASSESSED', 3.75, 'USER')`,
      [request, organisation],
    );
    await superuser.query(
      `insert into support_request_assessment (id, support_request_id, assessor_id, score, rationale, assessed_at)
       values ($1, $3, $4, 3.5, 'Fits', now()), ($2, $3, $5, 4, 'Too', now())`,
      [newUuid(), newUuid(), request, first, second],
    );
    await migrate(orm, ownerUrl);
    const { rows } = await superuser.query(
      `select r.score as of_request, s.version, s.status, a.total, c.code, v.value, v.rationale
       from support_request r join support_request_assessment a on a.support_request_id = r.id
         join criteria_set s on s.id = r.criteria_set_id and s.id = a.criteria_set_id
         join score v on v.assessment_id = a.id join criterion c on c.id = v.criterion_id order by v.value`,
    );
    const set = { of_request: 75, version: 1, status: "RETIRED", code: "fit" };
    expect(rows).toEqual([
      { ...set, total: 70, value: 3.5, rationale: "Fits" },
      { ...set, total: 80, value: 4, rationale: "Too" },
    ]);
    const forced = await superuser.query(
      "select count(*)::int as forced from pg_class where relforcerowsecurity and relname like 'support_request%' and relkind = 'r'",
    );
    expect(forced.rows).toEqual([{ forced: 3 }]);
  } finally {
    await superuser.end();
    await database.drop();
  }
});
