import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

import { startConsumer, startRelay, supportRequestAccepted } from "../src/index.ts";
import type { Bus, Consumer, Relay } from "../src/index.ts";
import { createWorld, keepEffect, silent, until } from "./bus-world.ts";
import type { World } from "./bus-world.ts";

describe("a fact, from one service to another", () => {
  let world: World;
  let bus: Bus;
  let relay: Relay;
  let consumer: Consumer;
  beforeAll(async () => {
    world = await createWorld();
    bus = world.openBus();
    relay = startRelay({ databaseUrl: world.organisations.databaseUrl, schema: "organisations", bus, logger: silent });
    consumer = startConsumer({
      bus,
      name: "production-system.effects",
      facts: [supportRequestAccepted],
      transaction: world.transaction,
      handle: keepEffect,
      logger: silent,
    });
    await consumer.ready;
  });
  afterAll(async () => {
    await relay.stop();
    await consumer.stop();
    await world.end();
  });

  it("has its effect by notification when all is idle, long before the poll of 5 s", async () => {
    const delays = [];
    for (let round = 0; round < 5; round++) {
      const title = `idle ${round}`;
      await new Promise((resolve) => setTimeout(resolve, 300));
      const committed = performance.now();
      await world.accept(title);
      await until(title, async () => (await world.effects()).includes(title));
      delays.push(Math.round(performance.now() - committed));
    }
    // By the poll alone, each but the first would take nearly the whole 5 s: the median tells the two apart.
    expect(delays.toSorted((a, b) => a - b)[2]).toBeLessThan(4_000);
  });
});
