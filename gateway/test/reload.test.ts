import { rename, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type TestGateway, type World, composeOf, eventually, startTestGateway, startWorld } from "./test-gateway.ts";

describe("a new supergraph in the file", () => {
  let world: World;
  let gateway: TestGateway;
  beforeEach(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world);
  });
  afterEach(async () => {
    await gateway.close();
    await world.close();
  });
  const withoutMutation = (): string =>
    composeOf([world.organisations, { ...world.events, sdl: world.events.sdl.replace(/type Mutation.*\n/, "") }]);
  const booking = async (): Promise<number> => (await gateway.ask("mutation { bookPlace }")).status;

  it("is served without a restart, also when the file is replaced by another", async () => {
    expect(await booking()).toBe(200);
    await writeFile(`${world.supergraphFile}.new`, withoutMutation());
    await rename(`${world.supergraphFile}.new`, world.supergraphFile);
    await eventually(async () => (await booking()) === 400);
    expect((await gateway.ask("{ events { title } }")).body.data.events).toHaveLength(1);
  });

  it("is served, too, when it comes while the gateway starts", async () => {
    const starting = startTestGateway(world);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await writeFile(world.supergraphFile, withoutMutation());
    const other = await starting;
    await eventually(async () => (await other.ask("mutation { bookPlace }")).status === 400);
    await other.close();
  });

  it("leaves requests under way to finish as they began", async () => {
    const reached = new Promise<void>((resolve) => {
      world.events.misbehave = (response) => {
        resolve();
        setTimeout(
          () => response.writeHead(200, { "content-type": "application/json" }).end('{"data":{"bookPlace":"late"}}'),
          1_000,
        );
      };
    });
    const answer = gateway.ask("mutation { bookPlace }");
    await reached;
    world.events.misbehave = undefined;
    await writeFile(world.supergraphFile, withoutMutation());
    await eventually(async () => (await booking()) === 400);
    expect((await answer).body).toEqual({ data: { bookPlace: "late" } });
  });

  it.each([
    ["is not GraphQL", (): string => "type {"],
    ["is no supergraph", (): string => "type Query { a: Int }"],
    [
      "names a subgraph without an address",
      (): string => composeOf([world.organisations, { ...world.events, name: "strangers" }]),
    ],
  ])(
    "is refused when it %s: the last good one goes on serving, the log says why, and a good one is taken after it",
    async (_what, text) => {
      await writeFile(world.supergraphFile, text());
      await eventually(() =>
        gateway.logged.some((line) => line.includes("new supergraph is refused") && line.includes('"reason"')),
      );
      expect(await booking()).toBe(200);
      await writeFile(world.supergraphFile, withoutMutation());
      await eventually(async () => (await booking()) === 400);
    },
  );
});
