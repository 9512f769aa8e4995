import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { composeSupergraph, placeholderUrl } from "./compose.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])`;
const left = {
  name: "left",
  url: placeholderUrl("left"),
  sdl: `${LINK} type Query { a: A } type A @key(fields: "id") { id: ID! }`,
};
const right = {
  name: "right",
  url: placeholderUrl("right"),
  sdl: `${LINK} type A @key(fields: "id") { id: ID! more: Int }`,
};

describe("composing", () => {
  it("gives one text whatever the order of the subgraphs", () => {
    const one = composeSupergraph([left, right]);
    expect(one).toMatchObject({ composed: true, hints: [] });
    expect(composeSupergraph([right, left])).toEqual(one);
  });

  it("gives the composer's code and message for schemas that do not fit", () => {
    const result = composeSupergraph([left, { ...right, sdl: `${LINK} type Query { a: Int }` }]);
    expect(result).toMatchObject({ composed: false });
    expect(result.composed ? [] : result.errors).toContainEqual(
      expect.stringMatching(/^FIELD_TYPE_MISMATCH: .*Query\.a/),
    );
  });

  it("names the subgraph and the place of a syntax error instead of throwing", () => {
    const result = composeSupergraph([left, { ...right, sdl: "type {" }]);
    expect(result).toEqual({ composed: false, errors: [expect.stringMatching(/^\[right\] .*\(line 1, column 6\)/)] });
  });
});

describe("npm run compose", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "clic-compose-"));
    for (const { name, sdl } of [left, right]) {
      await mkdir(join(folder, "services", name), { recursive: true });
      await writeFile(join(folder, "services", name, "schema.graphql"), sdl);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  function run(...more: string[]): Promise<{ code: number; output: string }> {
    const script = join(import.meta.dirname, "compose.main.ts");
    const args = [
      script,
      "--services",
      join(folder, "services"),
      "--supergraph",
      join(folder, "supergraph.graphql"),
      ...more,
    ];
    return new Promise((resolve) => {
      execFile(process.execPath, args, (error, out, err) => resolve({ code: error ? 1 : 0, output: out + err }));
    });
  }

  it("refuses a stale file with --check, writes it without, and then finds it up to date", async () => {
    expect(await run("--check")).toMatchObject({ code: 1, output: expect.stringContaining("is stale") });
    expect(await run()).toMatchObject({ code: 0, output: expect.stringContaining("written (2 subgraphs)") });
    expect(await run("--check")).toMatchObject({ code: 0, output: expect.stringContaining("up to date") });
  });

  it("leaves the file alone and says why when a service does not compose", async () => {
    const before = await readFile(join(folder, "supergraph.graphql"), "utf8");
    await writeFile(join(folder, "services", "right", "schema.graphql"), `${LINK} type Query { a: Int }`);
    expect(await run()).toMatchObject({
      code: 1,
      output: expect.stringMatching(/FIELD_TYPE_MISMATCH[^]*is unchanged/),
    });
    expect(await readFile(join(folder, "supergraph.graphql"), "utf8")).toBe(before);
  });

  it("names a service whose schema has not been printed", async () => {
    await rm(join(folder, "services", "right", "schema.graphql"));
    expect(await run()).toMatchObject({
      code: 1,
      output: expect.stringContaining("services/right/schema.graphql is missing"),
    });
  });
});
