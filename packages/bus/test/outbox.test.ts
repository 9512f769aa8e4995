import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MikroORM } from "@mikro-orm/postgresql";

import { outboxMigrationSql, supportRequestAccepted, writeFact } from "../src/index.ts";
import { createWorld, transaction, writeAccepted } from "./bus-world.ts";
import type { World } from "./bus-world.ts";

describe("the outbox", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.end());

  const outbox = (kind = "system"): Promise<unknown> =>
    transaction(world.organisations.databaseUrl, kind, (tx) =>
      tx.execute("select data->>'title' as title from outbox order by id", []),
    );

  it("has a fact when its transaction commits, and none when it is rolled back, through MikroORM as well", async () => {
    await world.accept("committed");
    const rolledBack = transaction(world.organisations.databaseUrl, "person", async (tx) => {
      await writeAccepted(tx, "rolled back");
      throw new Error("No, after all.");
    });
    await expect(rolledBack).rejects.toThrow("No, after all.");
    const orm = await MikroORM.init({
      clientUrl: world.organisations.databaseUrl,
      entities: [],
      discovery: { warnWhenNoEntities: false },
    });
    await orm.em.fork().transactional((em) => writeAccepted(em, "committed? 'so it is' \\ $1"));
    const rolledBackToo = orm.em.fork().transactional(async (em) => {
      await writeAccepted(em, "rolled back too");
      throw new Error("Not this either.");
    });
    await expect(rolledBackToo).rejects.toThrow("Not this either.");
    await orm.close();
    expect(await outbox()).toEqual([{ title: "committed" }, { title: "committed? 'so it is' \\ $1" }]);
  });

  it("refuses a fact that breaks its contract, before anything is written", async () => {
    const broken = transaction(world.organisations.databaseUrl, "person", (tx) =>
      writeFact(tx, supportRequestAccepted, { aggregateId: "rpi_1", data: { title: "broken" } as never }),
    );
    await expect(broken).rejects.toThrow(/workItemType/);
  });

  it("shows nobody but the system what is in it, and lets nobody else change it", async () => {
    await world.accept("hidden");
    expect(await outbox("person")).toEqual([]);
    expect(await outbox("")).toEqual([]);
    const changed = await transaction(world.organisations.databaseUrl, "person", (tx) =>
      tx.execute("update outbox set published_at = now() returning id", []),
    );
    expect(changed).toEqual([]);
    const born = transaction(world.organisations.databaseUrl, "person", (tx) =>
      tx.execute("insert into outbox values (gen_random_uuid(), 'a.b', 1, 'x', '{}', now(), now())", []),
    );
    await expect(born).rejects.toThrow(/row-level security/);
    const rewritten = transaction(world.organisations.databaseUrl, "system", (tx) =>
      tx.execute("update outbox set data = '{}'", []),
    );
    await expect(rewritten).rejects.toThrow(/permission denied/);
  });

  it("takes its migration twice", async () => {
    await world.query(world.organisations.migrationDatabaseUrl, outboxMigrationSql({ schema: "organisations" }));
    await world.accept("still there");
    expect(await outbox()).toContainEqual({ title: "still there" });
  });

  it("refuses a schema that isn't a plain name", () => {
    expect(() => outboxMigrationSql({ schema: "a; drop table b" })).toThrow(/plain name/);
  });
});
