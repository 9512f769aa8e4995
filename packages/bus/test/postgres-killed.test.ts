import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

  const killAndRestart = async (): Promise<void> => {
    process.kill(server.pid, "SIGKILL");
    await server.ended;
    server = await startPostgres({ dataDirectory, port: server.port });
  };

  it(
    "after the bus has committed, and after an effect has, each fact still has one effect",
    async () => {
      const bus = world.openBus();
      let kills = 0;
      let killAfterPublishing = false;
      let killAfterEffect = false;
      const relay = startRelay({
        databaseUrl: world.organisations.databaseUrl,
        schema: "organisations",
        logger: silent,
        bus: {
          ready: bus.ready,
          publish: async (facts) => {
            const added = await bus.publish(facts);
            if (killAfterPublishing) {
              killAfterPublishing = false;
              await killAndRestart();
              kills++;
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
          if (killAfterEffect) {
            killAfterEffect = false;
            await killAndRestart();
            kills++;
            await hurryHeartbeats(world.busDatabaseUrl);
          }
          return result;
        },
        handle: keepEffect,
        logger: silent,
      });
      await consumer.ready;
      const accepted: string[] = [];
      for (let round = 0; round < rounds; round++) {
        for (const point of ["publishing", "effect"]) {
          if (point === "publishing") killAfterPublishing = true;
          else killAfterEffect = true;
          const titles = [1, 2, 3, 4, 5].map((number) => `${number} around ${point} of round ${round}`);
          accepted.push(...titles);
          await world.accept(...titles);
          await until(`the kill after ${point}`, () => !killAfterPublishing && !killAfterEffect);
          await until("PostgreSQL is back", async () => (await world.effects().catch(() => [])).length > 0);
          await until("all have an effect", async () => (await world.effects()).length >= accepted.length, 60);
        }
      }
      await world.accept("the last");
      await until("the last has its effect", async () => (await world.effects()).includes("the last"));
      expect(kills).toBe(2 * rounds);
      expect((await world.effects()).toSorted()).toEqual([...accepted, "the last"].toSorted());
      await Promise.all([relay.stop(), consumer.stop()]);
    },
    120_000 * rounds,
  );
});
