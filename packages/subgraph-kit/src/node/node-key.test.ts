import { describe, expect, it } from "@jest/globals";
import { parse, print } from "graphql";
import { addNodeKeys, nodeKeyResolvers } from "./node-key.ts";

const sdl = (types: string) => parse(`interface Node { id: ID! } ${types}`);
const owned = 'type Event implements Node @key(fields: "id") { id: ID! }';
const stub = 'type Event implements Node @key(fields: "nodeKey") { id: ID! @external nodeKey: ID! @inaccessible }';

describe("the key of nodes", () => {
  it("is added to what a service owns, hidden from clients, and not to what it has a stub of", () => {
    expect(print(addNodeKeys(sdl(owned)))).toMatch(
      /type Event implements Node @key\(fields: "id"\) @key\(fields: "nodeKey"\) \{[^}]*nodeKey: ID! @inaccessible/,
    );
    expect(print(addNodeKeys(sdl(stub)))).toBe(print(sdl(stub)));
    expect(print(addNodeKeys(sdl("type Venue { id: ID! }")))).not.toContain("nodeKey");
  });

  it("resolves as the id does", () => {
    const Event = { __resolveReference: ({ id }: { id: string }) => ({ id, title: `about ${id}` }) };
    const resolvers = nodeKeyResolvers(sdl(owned), { Event })["Event"] as typeof Event & { nodeKey: typeof String };
    expect(resolvers.__resolveReference({ nodeKey: "evt_1" } as never)).toEqual({ id: "evt_1", title: "about evt_1" });
    expect(resolvers.__resolveReference({ id: "evt_1" })).toEqual({ id: "evt_1", title: "about evt_1" });
    expect(resolvers.nodeKey({ id: "evt_1" })).toBe("evt_1");
  });

  it("is refused for a type that nothing resolves", () => {
    expect(() => nodeKeyResolvers(sdl(owned), {})).toThrow("Event implements Node and needs __resolveReference.");
  });
});
