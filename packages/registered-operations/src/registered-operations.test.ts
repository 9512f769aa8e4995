import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type RegisteredOperations, openRegisteredOperations } from "./registered-operations.ts";

const BOOK = { id: "abc", name: "Book", type: "mutation", body: "mutation Book {\n  book\n}" };
const manifest = (...operations: object[]): string =>
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations });

describe("registered operations", () => {
  let folder: string;
  let path: string;
  let open: RegisteredOperations | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "clic-manifest-"));
    path = join(folder, "manifest.json");
  });
  afterEach(async () => {
    open?.close();
    await rm(folder, { recursive: true });
  });

  it("are found by their id, or by their very text, and by an id not when another text comes with it", async () => {
    await writeFile(path, manifest(BOOK));
    open = await openRegisteredOperations({ path });
    expect(open.find({ id: "abc" })).toEqual(BOOK);
    expect(open.find({ text: BOOK.body })).toEqual(BOOK);
    expect(open.find({ id: "abc", text: "{ everything }" })).toBeUndefined();
    expect(open.find({ id: "constructor" })).toBeUndefined();
    expect(open.find({})).toBeUndefined();
    expect(open.all()).toEqual([BOOK]);
  });

  it("follow their file; a bad one changes nothing and says why", async () => {
    await writeFile(path, manifest());
    const told = { changed: Promise.withResolvers<void>(), refused: Promise.withResolvers<Error>() };
    open = await openRegisteredOperations({
      path,
      everyMs: 20,
      changed: () => told.changed.resolve(),
      refused: (reason) => told.refused.resolve(reason),
    });
    await writeFile(path, manifest(BOOK));
    await told.changed.promise;
    expect(open.find({ id: "abc" })).toEqual(BOOK);
    await writeFile(path, manifest(BOOK, { ...BOOK, body: "mutation Book { other }" }));
    expect((await told.refused.promise).message).toContain("two operations have the id of Book");
    expect(open.all()).toEqual([BOOK]);
  });

  it.each([
    ["is no JSON", "{"],
    ["is no manifest", "{}"],
    ["is of another version", manifest().replace('"version":1', '"version":2')],
    ["lacks a body", manifest({ ...BOOK, body: undefined })],
  ])("can't be had from a file that %s", async (_what, text) => {
    await writeFile(path, text);
    await expect(openRegisteredOperations({ path })).rejects.toThrow();
  });
});
