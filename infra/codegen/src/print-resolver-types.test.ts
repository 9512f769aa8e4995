import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printResolverTypes } from "./print-resolver-types.ts";

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar SafeInt
  scalar DateTime
  enum State { OPEN CLOSED }
  type Event @key(fields: "id") { id: ID! state: State! startsAt: DateTime! costPence: SafeInt }
  type EventConnection { nodes: [Event!]! totalCount: Int! }
  type Query { events: EventConnection! }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clic-codegen-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the resolver types of a service", () => {
  it("take the row behind a type from codegen.json, by an import that Node can follow", async () => {
    writeFileSync(
      join(folder, "codegen.json"),
      JSON.stringify({ mappers: { Event: "../event/event.entity.ts#EventRow" } }),
    );
    const types = await printResolverTypes(folder, sdl);
    expect(types).toMatch(/import type \{ EventRow \} from ['"]\.\.\/event\/event\.entity\.ts['"]/);
    expect(types).toMatch(/Event: ResolverTypeWrapper<EventRow>/);
  });

  it("know the context, the kit's connections, reference resolvers, scalars and enums as literals", async () => {
    const types = await printResolverTypes(folder, sdl);
    expect(types).toContain("import type { Connection, GraphContext } from '@clic/subgraph-kit'");
    expect(types).toContain("EventConnection: ResolverTypeWrapper<Connection<object>>");
    expect(types).toContain("__resolveReference?");
    expect(types).toContain("SafeInt: { input: number; output: number; }");
    expect(types).toContain("DateTime: { input: Date; output: string; }");
    expect(types).toMatch(/export type State =\s+\| 'CLOSED'\s+\| 'OPEN'/);
  });

  it("are the same text for the same SDL", async () => {
    expect(await printResolverTypes(folder, sdl)).toBe(await printResolverTypes(folder, sdl));
  });

  it("refuse settings that nobody reads", async () => {
    writeFileSync(join(folder, "codegen.json"), JSON.stringify({ mapers: {} }));
    await expect(printResolverTypes(folder, sdl)).rejects.toThrow("mapers");
  });
});
