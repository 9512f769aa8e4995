import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { spawnGateway } from "./gateway-process.ts";
import { type TestGateway, type World, startTestGateway, startWorld } from "./test-gateway.ts";

describe("the explorer at the gateway", () => {
  let world: World;
  let folder: string;
  let gateway: TestGateway | undefined;
  beforeAll(async () => void (world = await startWorld()));
  afterAll(() => world.close());
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "clic-explorer-"))));
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
    await rm(folder, { recursive: true });
  });

  const start = async (EXPLORER?: string) =>
    (gateway = await startTestGateway(world, {
      ...(EXPLORER !== undefined && { EXPLORER }),
      EXPLORER_FILES: join(folder, "built"),
    }));
  const build = async () => {
    await mkdir(join(folder, "unfinished", "assets"), { recursive: true });
    await writeFile(join(folder, "secret.js"), "not for anybody");
    await writeFile(join(folder, "unfinished", "index.html"), "<!doctype html><title>Explorer</title>");
    await writeFile(join(folder, "unfinished", "assets", "page-1a2b.js"), "export {};");
    await writeFile(join(folder, "unfinished", "assets", "font.ttf"), "font");
    await rename(join(folder, "unfinished"), join(folder, "built"));
  };

  it("isn't there unless it is asked for", async () => {
    await build();
    const { get } = await start();
    for (const path of ["/", "/explorer/settings.json", "/explorer/assets/page-1a2b.js"])
      expect(await get(path)).toMatchObject({ status: 404, body: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
  });

  it("is served with its files, each with its type, and the files may be kept by browsers", async () => {
    await build();
    const { get } = await start("on");
    const page = await get("/");
    expect([page.status, page.text]).toEqual([200, "<!doctype html><title>Explorer</title>"]);
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const script = await get("/explorer/assets/page-1a2b.js");
    expect([script.status, script.text]).toEqual([200, "export {};"]);
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect((await get("/explorer/assets/font.ttf")).headers.get("content-type")).toBe("font/ttf");
    expect((await get("/explorer/settings.json")).body).toEqual({
      issuer: world.issuer.origin,
      client: "clic-explorer",
    });
  });

  it("carries a policy under which nothing comes from elsewhere, is evaluated, or framed", async () => {
    await build();
    const { get } = await start("on");
    for (const path of ["/", "/explorer/assets/page-1a2b.js", "/explorer/settings.json"]) {
      const { headers } = await get(path);
      const policy = headers.get("content-security-policy") ?? "";
      const directives = new Map(policy.split("; ").map((directive) => [directive.split(" ")[0], directive]));
      expect(directives.get("default-src")).toBe("default-src 'none'");
      expect(directives.get("script-src")).toBe("script-src 'self'");
      expect(directives.get("connect-src")).toBe(`connect-src 'self' ${world.issuer.origin}`);
      expect(directives.get("frame-ancestors")).toBe("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval|\*/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
    }
  });

  it("gives out nothing but what was built, whatever the path says", async () => {
    await build();
    const { get } = await start("on");
    for (const path of [
      "../secret.js",
      "..%2fsecret.js",
      "%2e%2e/%2e%2e/secret.js",
      "page-1a2b.js/",
      "",
      "constructor",
    ])
      expect((await get(`/explorer/assets/${path}`)).status).toBe(404);
    expect((await get("/explorer/index.html")).status).toBe(404);
  });

  it("says that it is being built until it is, looks again by itself, and answers queries meanwhile", async () => {
    const { get, ask } = await start("when-built");
    const building = await get("/");
    expect([building.status, building.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(building.text).toContain('<meta http-equiv="refresh" content="2">');
    expect(building.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect((await ask("{ __typename }")).status).toBe(200);
    await build();
    expect((await get("/")).status).toBe(200);
  });

  it("stops a gateway from starting where it was asked for and never built, and says what to do", async () => {
    const { exited, output } = spawnGateway(world.variables({ EXPLORER: "on", EXPLORER_FILES: join(folder, "built") }));
    expect((await exited).code).toBe(1);
    expect(output()).toMatch(
      /cannot start\. EXPLORER is on, and .* has no explorer in it\. Run npm run build:explorer/,
    );
  });
});
