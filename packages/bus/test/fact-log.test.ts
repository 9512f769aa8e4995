import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { v7 as uuidv7 } from "uuid";
import pg from "pg";

import { startConsumer, supportRequestAccepted } from "../src/index.ts";
import type { Bus, Fact } from "../src/index.ts";
import { pruneFactLog } from "../src/prune-fact-log.ts";
import { createWorld, silent, until } from "./bus-world.ts";
import type { World } from "./bus-world.ts";

describe("the fact log", () => {
  let world: World;
  let bus: Bus;
  beforeAll(async () => {
    world = await createWorld();
    bus = world.openBus();
    await bus.ready;
  });
  afterAll(() => world.end());

  const fact = (): Fact => ({
    id: uuidv7(),
    type: supportRequestAccepted.type,
    version: 1,
    aggregateId: "rpi_1",
    occurredAt: "2026-01-02T03:04:05.678Z",
    data: { nested: ["ü", null, 1.5] },
  });

  it("keeps a fact as it was, once however often it is published", async () => {
    const published = fact();
    expect(await bus.publish([published])).toBe(1);
    expect(await bus.publish([published, fact()])).toBe(1);
    const rows = await world.query(
      world.busDatabaseUrl,
      `select id, type, version, aggregate_id as "aggregateId", occurred_at as "occurredAt", data from fact.fact where id = $1`,
      [published.id],
    );
    expect(rows).toEqual([{ ...published, occurredAt: new Date(published.occurredAt) }]);
  });

  it("gives a consumer that registers in the middle of a publication that publication too", async () => {
    const published = fact();
    // Another transaction holds the id, so that the publication has chosen its consumers and can't go on.
    const obstacle = new pg.Client({ connectionString: world.busDatabaseUrl });
    await obstacle.connect();
    await obstacle.query("begin");
    await obstacle.query(
      "insert into fact.fact (id, type, version, aggregate_id, data, occurred_at) values ($1, 'a.b', 1, '', '{}', now())",
      [published.id],
    );
    const publication = bus.publish([published]);
    await until("the publication waits", async () => {
      const waiting = await world.query(world.busDatabaseUrl, "select from pg_locks where not granted");
      return waiting.length > 0;
    });
    const seen: string[] = [];
    const consumer = startConsumer({
      bus,
      name: "production-system.newcomer",
      facts: [supportRequestAccepted],
      transaction: world.transaction,
      handle: async () => {},
      logger: silent,
      metrics: { deadLettered: { inc: () => void seen.push("dead") } },
    });
    await Promise.race([consumer.ready, new Promise((resolve) => setTimeout(resolve, 1_000))]);
    await obstacle.query("rollback");
    await obstacle.end();
    await publication;
    await consumer.ready;
    await until("the log's three facts have come", () => seen.length >= 3, 5);
    await consumer.stop();
    expect((await consumer.deadLetters()).map(({ id }) => id)).toContain(published.id);
  });

  it("forgets facts after their time, and has a nightly schedule for it", async () => {
    const [old, young] = [fact(), fact()];
    await bus.publish([old, young]);
    await world.query(
      world.busDatabaseUrl,
      "update fact.fact set recorded_at = now() - interval '401 days' where id = $1",
      [old.id],
    );
    expect(await pruneFactLog(bus.boss, 400)).toBe(1);
    const left = await world.query(world.busDatabaseUrl, "select id from fact.fact where id = any($1)", [
      [old.id, young.id],
    ]);
    expect(left).toEqual([{ id: young.id }]);
    expect(await bus.boss.getSchedules("fact-log.retention")).toMatchObject([
      { cron: "17 3 * * *", data: { retentionDays: 400 } },
    ]);
  });
});
