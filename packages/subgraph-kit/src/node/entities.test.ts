import { buildSubgraphSchema } from "@apollo/subgraph";
import { describe, expect, it } from "@jest/globals";
import { graphql, parse } from "graphql";
import { resolveEntities } from "./entities.ts";

const rows: Record<string, object> = { typed: { __typename: "Host", id: "typed", name: "t" }, bare: { name: "b" } };
const schema = buildSubgraphSchema([
  {
    typeDefs: parse(`
      type Query { count: Int }
      type Host @key(fields: "id") { id: ID! name: String }
      type Item @key(fields: "id") { id: ID! name: String }
      type Plain @key(fields: "id") { id: ID! }`),
    resolvers: {
      Host: {
        __resolveReference: async ({ id }: { id: string }) => {
          if (id === "bad") throw new Error("away");
          return rows[id] ?? null;
        },
      },
      Item: { __resolveReference: ({ id }: { id: string }) => ({ __typename: "Host", id, name: id }) },
    },
  },
]);
resolveEntities(schema);

async function ask(...representations: object[]) {
  const source = `query ($r: [_Any!]!) { _entities(representations: $r) {
    __typename ...on Host { name } ...on Item { name } ...on Plain { id } } }`;
  const { data, errors } = await graphql({ schema, source, variableValues: { r: representations } });
  return { entities: data?.["_entities"], errors: errors?.map(({ message, path }) => [message, path]) };
}
const host = (id: string) => ({ __typename: "Host", id });

describe("a subgraph's entities", () => {
  it("are of the type that was asked about, in order, whether or not their rows say so", async () => {
    expect(await ask(host("typed"), host("none"), host("bare"), { __typename: "Item", id: "i" })).toEqual({
      entities: [
        { __typename: "Host", name: "t" },
        null,
        { __typename: "Host", name: "b" },
        { __typename: "Item", name: "i" },
      ],
    });
    expect(rows["bare"]).toEqual({ name: "b" });
  });

  it("fail one by one", async () => {
    expect(await ask(host("bad"), host("typed"))).toEqual({
      entities: [null, { __typename: "Host", name: "t" }],
      errors: [["away", ["_entities", 0]]],
    });
  });

  it("are what was sent where nothing resolves them, and an error where there is no such type", async () => {
    expect((await ask({ __typename: "Plain", id: "p" })).entities).toEqual([{ __typename: "Plain", id: "p" }]);
    expect((await ask({ __typename: "Nothing", id: "n" })).errors?.[0]?.[0]).toContain('"Nothing"');
  });
});
