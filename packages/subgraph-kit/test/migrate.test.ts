import { createTestDatabase } from "@clic/local-postgres";
import { migrate } from "@clic/subgraph-kit";
import { expect, it } from "@jest/globals";
import { Client } from "pg";
import { orm } from "./fixture/events.subgraph.ts";

it("lets replicas that start at once migrate once", async () => {
  const database = await createTestDatabase({ services: ["events"] });
  const owner = database.services["events"]?.migrationDatabaseUrl as string;
  const admin = new Client(database.url);
  await admin.connect();
  try {
    await Promise.all([1, 2, 3, 4].map(() => migrate(orm, owner)));
    const { rows } = await admin.query("select name from events.migration order by id");
    expect(rows).toEqual([{ name: "001" }, { name: "kit-idempotency-keys" }]);
  } finally {
    await admin.end();
    await database.drop();
  }
});
