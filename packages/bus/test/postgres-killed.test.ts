import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { provision, services, startPostgres } from "@clic/local-postgres";
import type { LocalPostgres } from "@clic/local-postgres";

import { startConsumer, startRelay, supportRequestAccepted } from "../src/index.ts";
import { hurryHeartbeats, inhabit, keepEffect, rounds, silent, until } from "./bus-world.ts";
import type { World } from "./bus-world.ts";

describe("when PostgreSQL is killed", () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "clic-bus-"));
  let server: LocalPostgres;
  let world: World;
  beforeAll(async () => {
    server = await startPostgres({ dataDirectory });
    const wanted = services.filter(({ name }) => name === "organisations" || name === "production-system");
    const roles = ["bus", ...wanted.flatMap(({ schema }) => [`${schema}_owner`, `${schema}_service`])];
    const provisioned = await provision({
      adminUrl: server.adminUrl,
      database: "clic",
      busDatabase: "clic_bus",
      services: wanted,
      passwords: Object.fromEntries(roles.map((role) => [role, randomUUID()])),
    });
    const { organisations, "production-system": productionSystem } = provisioned.services;
    if (organisations === undefined || productionSystem === undefined) throw new Error("A service has no database.");
    world = await inhabit({ organisations, productionSystem, busDatabaseUrl: provisioned.busDatabaseUrl });
  });
  afterAll(async () => {
    await world.end();
    await server.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  let restarted: Promise<void> | null = null;
  const kill = async (): Promise<void> => {
    process.kill(server.pid, "SIGKILL");
    await server.ended;
    // Only after whoever was about to note its success has failed to.
    restarted = sleep(1_500).then(async () => {
      server = await startPostgres({ dataDirectory, port: server.port });
      await hurryHeartbeats(world.busDatabaseUrl);
    });
  };

  it(
    "after the bus has committed, or after an effect has, each fact still has one effect",
    async () => {
      const bus = world.openBus();
      let killAfter: "publication" | "effect" | null = null;
      let published = 0;
      let absorbed = 0;
      let skipped = 0;
      const relay = startRelay({
        databaseUrl: world.organisations.databaseUrl,
        schema: "organisations",
        logger: silent,
        bus: {
          ready: bus.ready,
          publish: async (facts) => {
            const added = await bus.publish(facts);
            published += added;
            absorbed += facts.length - added;
            if (killAfter === "publication") {
              killAfter = null;
              await kill();
            }
            return added;
          },
        },
      });
      const consumer = startConsumer({
        bus,
        name: "production-system.effects",
        facts: [supportRequestAccepted],
        transaction: async (work) => {
          const result = await world.transaction(work);
          if (killAfter === "effect") {
            killAfter = null;
            await kill();
          }
          return result;
        },
        handle: keepEffect,
        logger: silent,
        metrics: { skipped: { inc: () => skipped++ } },
      });
      await consumer.ready;
      const accepted: string[] = [];
      for (let round = 0; round < rounds; round++) {
        for (const point of ["publication", "effect"] as const) {
          const before = { absorbed, skipped };
          killAfter = point;
          const titles = [1, 2, 3, 4, 5].map((number) => `${number} around the ${point} of round ${round}`);
          accepted.push(...titles);
          await world.accept(...titles);
          await until(`the kill after the ${point}`, () => restarted !== null);
          await restarted;
          restarted = null;
          await until("all have an effect", async () => (await world.effects()).length >= accepted.length, 90);
          if (point === "publication") await until("it was published again", () => absorbed === before.absorbed + 5);
          else await until("one was delivered again", () => skipped > before.skipped, 90);
        }
      }
      expect(published).toBe(accepted.length);
      expect((await world.effects()).toSorted()).toEqual(accepted.toSorted());
      await Promise.all([relay.stop(), consumer.stop()]);
    },
    200_000 * rounds,
  );
});
