import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";

import { startConsumer, startRelay, supportRequestAccepted } from "../src/index.ts";
import type { Bus, Consumer, Relay } from "../src/index.ts";
import { asTransaction, createWorld, keepEffect, rounds, silent, until, writeAccepted } from "./bus-world.ts";
import type { World } from "./bus-world.ts";
import { killWhen } from "./kill-when.ts";

describe("the relay", () => {
  let world: World;
  let bus: Bus;
  let consumer: Consumer;
  let relays: Relay[];
  let skipped: number;
  beforeEach(async () => {
    world = await createWorld();
    bus = world.openBus();
    relays = [];
    skipped = 0;
    consumer = startConsumer({
      bus,
      name: "production-system.effects",
      facts: [supportRequestAccepted],
      transaction: world.transaction,
      handle: keepEffect,
      logger: silent,
      metrics: { skipped: { inc: () => skipped++ } },
    });
    await consumer.ready;
  });
  afterEach(async () => {
    await Promise.all([...relays.map((relay) => relay.stop()), consumer.stop()]);
    await world.end();
  });

  const relayTo = (through: Pick<Bus, "ready" | "publish">, keepDays = 7, pollMs = 5_000): Relay => {
    const relay = startRelay({
      databaseUrl: world.organisations.databaseUrl,
      schema: "organisations",
      bus: through,
      logger: silent,
      keepDays,
      pollMs,
    });
    relays.push(relay);
    return relay;
  };
  const titles = (count: number): string[] => Array.from({ length: count }, (_, index) => `title ${index}`);
  const unpublished = async (): Promise<number> => {
    const rows = await asAdmin("select from organisations.outbox where published_at is null");
    return rows.length;
  };
  const asAdmin = async (sql: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: world.organisations.databaseUrl });
    await client.connect();
    await client.query("set app.kind = 'system'");
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };

  it("loses and doubles nothing when it is killed after the bus has committed and before it has marked", async () => {
    for (let round = 0; round < rounds; round++) {
      const before = await world.effects();
      const accepted = titles(5).map((title) => `${title} of round ${round}`);
      await world.accept(...accepted);
      await killWhen("published", "relay.process.ts", [world.organisations.databaseUrl, world.busDatabaseUrl]);
      expect(await unpublished()).toBe(5);
      const published: number[] = [];
      const relay = relayTo({
        ready: bus.ready,
        publish: async (facts) => {
          const added = await bus.publish(facts);
          published.push(facts.length, added);
          return added;
        },
      });
      await until("all are marked", async () => (await unpublished()) === 0);
      await relay.stop();
      expect(published).toEqual([5, 0]);
      await world.accept("the last");
      relayTo(bus);
      await until("the last is there", async () => (await world.effects()).length >= before.length + 6);
      await relays.at(-1)?.stop();
      expect((await world.effects()).toSorted()).toEqual([...before, ...accepted, "the last"].toSorted());
      expect(skipped).toBe(0);
    }
  });

  it("passes on a fact whose transaction commits after that of a later one", async () => {
    relayTo(bus);
    const early = new pg.Client({ connectionString: world.organisations.databaseUrl });
    await early.connect();
    await early.query("begin");
    await writeAccepted(asTransaction(early), "earlier id, later commit");
    await world.accept("later id");
    await until("the later is there", async () => (await world.effects()).length === 1);
    await early.query("commit");
    await early.end();
    await until("both are there", async () => (await world.effects()).length === 2);
    expect(await world.effects()).toEqual(["later id", "earlier id, later commit"]);
  });

  it("shares the outbox with other relays: each fact is claimed by one", async () => {
    const count = 240 * rounds;
    for (let written = 0; written < count; written += 20) {
      await world.accept(...titles(20).map((title) => `${title} from ${written}`));
    }
    const claimed: string[] = [];
    let atOnce = 0;
    let mostAtOnce = 0;
    for (let relay = 0; relay < 3; relay++) {
      relayTo({
        ready: bus.ready,
        publish: async (facts) => {
          mostAtOnce = Math.max(mostAtOnce, ++atOnce);
          claimed.push(...facts.map((fact) => fact.id));
          const added = await bus.publish(facts).finally(() => atOnce--);
          return added;
        },
      });
    }
    await until("all have had their effect", async () => (await world.effects()).length >= count);
    expect(mostAtOnce).toBeGreaterThan(1);
    expect(claimed).toHaveLength(count);
    expect(new Set(claimed).size).toBe(count);
    expect(new Set(await world.effects()).size).toBe(count);
  });

  it("tries again, later and later, while the bus refuses, and claims nothing meanwhile", async () => {
    await world.accept("patience");
    const tries: number[] = [];
    relayTo({
      ready: bus.ready,
      publish: async (facts) => {
        tries.push(performance.now());
        if (tries.length < 4) throw new Error("The bus is away.");
        return bus.publish(facts);
      },
    });
    await until("it has arrived", async () => (await world.effects()).length === 1);
    expect(tries).toHaveLength(4);
    const [first = 0, second = 0, third = 0, fourth = 0] = tries;
    expect(third - second).toBeGreaterThan(second - first);
    expect(fourth - third).toBeGreaterThan(third - second);
    // A quarter, a half and a whole second, each less at most a quarter.
    expect(fourth - first).toBeGreaterThan(1_300);
  });

  it("deletes what was published some days ago, and nothing that was not", async () => {
    await world.accept("old", "new");
    const relay = relayTo(bus);
    await until("both are marked", async () => (await unpublished()) === 0);
    await relay.stop();
    await world.query(
      world.organisations.databaseUrl,
      "begin; set local app.kind = 'system'; update outbox set published_at = now() - interval '8 days' where data->>'title' = 'old'; commit",
    );
    relayTo(bus);
    const left = (): Promise<Record<string, unknown>[]> =>
      asAdmin("select data->>'title' as title from organisations.outbox order by id");
    await until("the old one is gone", async () => (await left()).length === 1);
    expect(await left()).toEqual([{ title: "new" }]);
  });

  it("finds by its poll what no notification told it of", async () => {
    await world.query(world.organisations.migrationDatabaseUrl, "drop trigger announce_outbox on outbox");
    relayTo(bus, 7, 500);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await world.accept("unannounced");
    await until("it has arrived", async () => (await world.effects()).length === 1, 5);
    expect(await world.effects()).toEqual(["unannounced"]);
  });
});
