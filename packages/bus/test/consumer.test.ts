import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { v7 as uuidv7 } from "uuid";

import {
  replay,
  retireConsumer,
  rpiwPhaseChanged,
  startConsumer,
  startRelay,
  supportRequestAccepted,
} from "../src/index.ts";
import type { Bus, Consumer, Fact, Relay } from "../src/index.ts";
import { createWorld, hurryHeartbeats, keepEffect, rounds, silent, until } from "./bus-world.ts";
import type { World } from "./bus-world.ts";
import { killWhen } from "./kill-when.ts";

const name = "production-system.effects";

describe("a consumer", () => {
  let world: World;
  let bus: Bus;
  let relay: Relay;
  let consumers: Consumer[];
  beforeEach(async () => {
    world = await createWorld();
    bus = world.openBus();
    relay = startRelay({ databaseUrl: world.organisations.databaseUrl, schema: "organisations", bus, logger: silent });
    consumers = [];
  });
  afterEach(async () => {
    await Promise.all([relay.stop(), ...consumers.map((consumer) => consumer.stop())]);
    await world.end();
  });

  const counter = (): { inc: () => void; count: number } => ({
    count: 0,
    inc() {
      this.count++;
    },
  });
  const consume = (
    options: Partial<Parameters<typeof startConsumer<readonly [typeof supportRequestAccepted], never>>[0]> = {},
  ): Consumer & { counted: Record<"handled" | "skipped" | "failed" | "deadLettered", { count: number }> } => {
    const metrics = { handled: counter(), skipped: counter(), failed: counter(), deadLettered: counter() };
    const consumer = startConsumer({
      bus,
      name,
      facts: [supportRequestAccepted],
      transaction: world.transaction,
      handle: keepEffect,
      logger: silent,
      metrics,
      ...(options as object),
    });
    consumers.push(consumer);
    return { ...consumer, counted: metrics };
  };
  const publishRaw = (fact: Partial<Fact>): Promise<number> =>
    bus.publish([
      {
        id: uuidv7(),
        type: supportRequestAccepted.type,
        version: 1,
        aggregateId: "rpi_1",
        occurredAt: new Date().toISOString(),
        data: {},
        ...fact,
      },
    ]);

  it.each(["before its commit", "after its commit"])(
    "has each effect once when it is killed %s",
    async (point) => {
      for (let round = 0; round < rounds; round++) {
        const before = (await world.effects()).length;
        await world.accept(`one ${round}`, `two ${round}`, `three ${round}`);
        await killWhen(point, "consumer.process.ts", [world.productionSystem.databaseUrl, world.busDatabaseUrl, point]);
        await hurryHeartbeats(world.busDatabaseUrl);
        const { counted, stop } = consume();
        await until("all were delivered again", () => counted.handled.count + counted.skipped.count >= 3, 60);
        expect(counted.skipped.count).toBe(point === "after its commit" ? 1 : 0);
        await stop();
        expect((await world.effects()).slice(before).toSorted()).toEqual([
          `one ${round}`,
          `three ${round}`,
          `two ${round}`,
        ]);
      }
    },
    60_000 * rounds,
  );

  it("handles a fact once that is delivered twice, also at the same moment", async () => {
    const { counted, ready } = consume();
    await ready;
    const second = consume({ bus: world.openBus() });
    await second.ready;
    await world.accept("twice");
    await until("it has its effect", async () => (await world.effects()).length === 1);
    for (let again = 0; again < 5; again++) await replay({ bus, consumer: name, from: new Date(0) });
    await until("all came again", () => counted.skipped.count + second.counted.skipped.count === 5);
    expect(await world.effects()).toEqual(["twice"]);
  });

  it("that is new gets all that has happened, in order, and all that happens meanwhile, each once", async () => {
    const count = 200 * rounds;
    const all = Array.from({ length: count }, (_, index) => `fact ${String(index).padStart(5, "0")}`);
    for (let index = 0; index < count / 2; index += 50) await world.accept(...all.slice(index, index + 50));
    const early = consume({ name: "production-system.early", handle: async () => {} });
    await until("the log has the first half", () => early.counted.handled.count === count / 2);
    const writing = (async () => {
      for (let index = count / 2; index < count; index += 5) await world.accept(...all.slice(index, index + 5));
    })();
    await until("it is being written", () => early.counted.handled.count > count / 2 + 10);
    const late = consume();
    await writing;
    await until("all have had their effect", () => late.counted.handled.count + late.counted.skipped.count >= count);
    const effects = await world.effects();
    expect(late.counted.skipped.count).toBe(0);
    expect(effects.slice(0, count / 2)).toEqual(all.slice(0, count / 2));
    expect(effects.toSorted()).toEqual(all);
  });

  it("that asks for another type gets what had happened of it", async () => {
    const data = { workItemId: "rpi_1", phase: "PLAN", at: "2026-01-01T00:00:00.000Z" };
    await publishRaw({ type: rpiwPhaseChanged.type, data });
    const first = consume();
    await first.ready;
    await first.stop();
    const phases: string[] = [];
    const again = consume({
      facts: [supportRequestAccepted, rpiwPhaseChanged],
      handle: async (fact: { data: { phase: string } }) => void phases.push(fact.data.phase),
    } as object);
    await until("it has come", () => again.counted.handled.count === 1);
    expect(phases).toEqual(["PLAN"]);
  });

  it("gives up a fact it can't handle, and handles the others meanwhile", async () => {
    const { counted, deadLetters, redrive, ready } = consume({
      retries: 1,
      handle: async (fact: { data: { title: string } }, tx: never) => {
        await keepEffect(fact, tx);
        if (fact.data.title === "poison" && poisonous) throw new Error("I can't.");
      },
    });
    let poisonous = true;
    await ready;
    const [poison] = await world.accept("poison", "after it");
    await until("the other has its effect", async () => (await world.effects()).includes("after it"), 3);
    await until("it is given up", () => counted.deadLettered.count === 1);
    expect(counted.failed.count).toBe(1);
    expect(await world.effects()).toEqual(["after it"]);
    await until("it is among the dead letters", async () => (await deadLetters()).length === 1, 5);
    expect((await deadLetters()).map((fact) => fact.id)).toEqual([poison]);
    poisonous = false;
    expect(await redrive()).toBe(1);
    await until("it has its effect", async () => (await world.effects()).length === 2);
    expect(await deadLetters()).toEqual([]);
  });

  it("keeps as a dead letter, at once, a fact that breaks its contract", async () => {
    const { counted, deadLetters } = consume();
    await publishRaw({ data: { title: 7 } });
    await until("it is given up", () => counted.deadLettered.count === 1, 5);
    // It is counted in the handler, and queued when the handler's job is settled.
    await until("it is among the dead letters", async () => (await deadLetters()).length === 1, 5);
    expect(await deadLetters()).toMatchObject([{ data: { title: 7 } }]);
    expect(counted.failed.count).toBe(0);
  });

  it("tries again a version that it does not know, since the next release may", async () => {
    const { counted, deadLetters } = consume({ retries: 1 });
    await publishRaw({ version: 2 });
    await until("it is given up", () => counted.deadLettered.count === 1);
    expect(counted.failed.count).toBe(1);
    await until("it is among the dead letters", async () => (await deadLetters()).length === 1, 5);
    expect(await deadLetters()).toMatchObject([{ version: 2 }]);
  });

  it("gets nothing more once it is retired", async () => {
    const { ready, stop } = consume();
    await ready;
    await stop();
    await retireConsumer({ bus, consumer: name });
    await publishRaw({});
    await expect(replay({ bus, consumer: name, from: new Date(0) })).rejects.toThrow(/no consumer/);
    expect(await bus.boss.getQueue(name)).toBeNull();
  });
});
