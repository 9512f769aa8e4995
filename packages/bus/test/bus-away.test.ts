import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { findFreePort } from "@clic/local-postgres";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";

import { openBus, startConsumer, startRelay, supportRequestAccepted } from "../src/index.ts";
import type { Bus, Consumer, Relay } from "../src/index.ts";
import { createWorld, keepEffect, silent, until } from "./bus-world.ts";
import type { World } from "./bus-world.ts";

describe("while the bus is away", () => {
  let world: World;
  let port: number;
  let url: string;
  beforeAll(async () => {
    world = await createWorld();
    port = await findFreePort();
    const elsewhere = new URL(world.busDatabaseUrl);
    elsewhere.port = String(port);
    url = elsewhere.href;
  });
  afterAll(() => world.end());

  const start = (): { bus: Bus; relay: Relay; consumer: Consumer } => {
    const bus = openBus({ databaseUrl: url, logger: silent });
    return {
      bus,
      relay: startRelay({ databaseUrl: world.organisations.databaseUrl, schema: "organisations", bus, logger: silent }),
      consumer: startConsumer({
        bus,
        name: "production-system.effects",
        facts: [supportRequestAccepted],
        transaction: world.transaction,
        handle: keepEffect,
        logger: silent,
      }),
    };
  };
  /** Stands between the bus and its database; `cut` is a network that fails. */
  const bridge = async (): Promise<{ cut: () => Promise<void> }> => {
    const sockets = new Set<Socket>();
    const server: Server = createServer((near) => {
      const far = connect(Number(new URL(world.busDatabaseUrl).port), "127.0.0.1");
      for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return {
      cut: async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        for (const socket of sockets) socket.destroy();
        await closed;
      },
    };
  };

  it("all can be started and stopped", async () => {
    const { bus, relay, consumer } = start();
    await Promise.all([relay.stop(), consumer.stop()]);
    await bus.stop();
    await expect(bus.ready).rejects.toThrow(/stopped/);
  });

  it("facts wait in the outbox, and have their effect when it comes, and comes back", async () => {
    const { bus, relay, consumer } = start();
    await world.accept("before it came");
    const first = await bridge();
    await until("it has arrived", async () => (await world.effects()).length === 1);
    await first.cut();
    await world.accept("while it was away");
    const second = await bridge();
    await until("it has arrived", async () => (await world.effects()).length === 2);
    expect(await world.effects()).toEqual(["before it came", "while it was away"]);
    await Promise.all([relay.stop(), consumer.stop()]);
    await bus.stop();
    await second.cut();
  });
});
