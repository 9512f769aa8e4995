import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type LocalServer, startServer } from "./local-server.ts";
import { type TestGateway, type World, startTestGateway, startWorld } from "./test-gateway.ts";

/** Organisations first, then Events twice: its root field, and what it adds to Organisation. */
const BOTH = "{ organisation { name events { title } } events { title } }";
const ID = /^[0-9a-f-]{36}$/;

describe("a subgraph that fails", () => {
  let world: World;
  let gateway: TestGateway;
  beforeAll(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world, { FETCH_TIMEOUT_MS: "300", FETCH_MAX_BYTES: "20000" });
  });
  afterAll(async () => {
    await gateway.close();
    await world.close();
  });
  afterEach(() => void (world.events.misbehave = undefined));

  async function failing(code: string): Promise<string> {
    const { status, body, text } = await gateway.ask(BOTH);
    expect(status).toBe(200);
    expect(body.data).toEqual({ organisation: { name: "CLIC", events: null }, events: null });
    expect(body.errors).toEqual([
      { message: expect.any(String), extensions: { code, service: "events", id: expect.stringMatching(ID) } },
    ]);
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|ECONN|UND_ERR|http/);
    const { id } = body.errors[0].extensions;
    const line = gateway.logged.find((entry) => entry.includes(id));
    expect(line).toBeDefined();
    return line!;
  }

  it("costs nobody anything while it is well", async () => {
    const { body } = await gateway.ask(BOTH);
    expect(body).toEqual({
      data: { organisation: { name: "CLIC", events: [{ title: "Launch" }] }, events: [{ title: "Launch" }] },
    });
  });

  it("costs its own fields and one error naming the service when it is down, and works again when it is back", async () => {
    await world.events.stop();
    expect(await failing("SUBGRAPH_UNAVAILABLE")).toContain("ECONNREFUSED");
    await world.events.restart();
    expect((await gateway.ask(BOTH)).body.errors).toBeUndefined();
  });

  it("is given up at the deadline, and nothing of the request is asked again", async () => {
    let asked = 0;
    world.events.misbehave = () => {
      asked++;
    };
    expect(await failing("SUBGRAPH_UNAVAILABLE")).toContain("no answer within 300 ms");
    // Its root field and what it adds to Organisation; the second only if it set out before the first was given up.
    expect(asked).toBeLessThanOrEqual(2);
  });

  it("is given up at the deadline also when it drips its body", async () => {
    world.events.misbehave = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const drip = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(drip));
    };
    expect(await failing("SUBGRAPH_UNAVAILABLE")).toContain("no answer within 300 ms");
  });

  it("is cut off at the size cap, announced or not", async () => {
    world.events.misbehave = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write(`{"data":{"events":[{"title":"${"x".repeat(15_000)}`);
      response.end(`${"x".repeat(15_000)}"}]}}`);
    };
    expect(await failing("SUBGRAPH_ANSWER_REFUSED")).toContain("larger than 20000 bytes");
  });

  it("cannot send the gateway elsewhere by a redirect", async () => {
    let visited = 0;
    const elsewhere: LocalServer = await startServer((_request, response) => {
      visited += 1;
      response.writeHead(200, { "content-type": "application/json" }).end('{"data":{"events":[]}}');
    });
    world.events.misbehave = (response) => response.writeHead(307, { location: elsewhere.origin }).end();
    expect(await failing("SUBGRAPH_ANSWER_REFUSED")).toContain("a redirect");
    expect(visited).toBe(0);
    await elsewhere.close();
  });

  it.each([
    ["HTML", "text/html", 200, "<html>", "SUBGRAPH_ANSWER_REFUSED"],
    ["a proxy's error page", "text/html", 502, "<html>", "SUBGRAPH_UNAVAILABLE"],
    ["half of a JSON text", "application/json", 200, '{"data":{', "SUBGRAPH_ANSWER_REFUSED"],
    ["a list", "application/json", 200, "[]", "SUBGRAPH_ANSWER_REFUSED"],
    ["data that is no object", "application/json", 200, '{"data":"all"}', "SUBGRAPH_ANSWER_REFUSED"],
    ["errors that are no list", "application/json", 200, '{"errors":"bad"}', "SUBGRAPH_ANSWER_REFUSED"],
    ["neither data nor errors", "application/json", 200, "{}", "SUBGRAPH_ANSWER_REFUSED"],
    [
      "a refusal of the gateway's token",
      "application/json",
      401,
      '{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}',
      "SUBGRAPH_ANSWER_REFUSED",
    ],
  ])("does not get %s past the gateway", async (_what, type, status, text, code) => {
    world.events.misbehave = (response) => response.writeHead(status, { "content-type": type }).end(text);
    await failing(code);
  });

  it("cannot break the answer's shape by data of another", async () => {
    world.events.misbehave = (response) =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .end('{"data":{"events":{"title":"http://db.internal"}}}');
    const { body, text } = await gateway.ask("{ events { title } }");
    expect(body.data).toEqual({ events: null });
    expect(body.errors).toEqual([
      {
        message: expect.any(String),
        path: ["events"],
        extensions: { code: "SUBGRAPH_ANSWER_REFUSED", service: "events", id: expect.stringMatching(ID) },
      },
    ]);
    expect(text).not.toContain("db.internal");
  });
});

describe("a subgraph's error", () => {
  let world: World;
  let gateway: TestGateway;
  beforeAll(async () => {
    world = await startWorld();
    gateway = await startTestGateway(world);
  });
  afterAll(async () => {
    await gateway.close();
    await world.close();
  });

  it("is masked when no code vouches for its message, and logged under the id that the caller sees", async () => {
    const { body, text } = await gateway.ask("{ broken events { title } }");
    expect(body.data).toEqual({ broken: null, events: [{ title: "Launch" }] });
    expect(body.errors).toEqual([
      {
        message: "Something went wrong in the service events.",
        path: ["broken"],
        extensions: { code: "INTERNAL", service: "events", id: expect.stringMatching(ID) },
      },
    ]);
    expect(text).not.toMatch(/hunter2|stack/);
    expect(gateway.logged.join("")).toContain(body.errors[0].extensions.id);
  });

  it("keeps code and message of a service's own refusal, and nothing else of its extensions", async () => {
    const { body } = await gateway.ask("{ forbidden }");
    expect(body.errors).toEqual([
      {
        message: "Only the office may see this.",
        path: ["forbidden"],
        extensions: { code: "FORBIDDEN", service: "events" },
      },
    ]);
  });

  it("is masked when its code is not of the catalogue, and keeps the service's own id", async () => {
    const { body } = await gateway.ask("{ odd }");
    expect(body.errors[0]).toMatchObject({
      message: "Something went wrong in the service events.",
      extensions: { code: "INTERNAL", id: "abc-1" },
    });
  });
});
