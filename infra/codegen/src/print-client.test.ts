import { describe, expect, it } from "@jest/globals";
import { buildSchema, type IntrospectionQuery } from "graphql";
import { composeSupergraph } from "../../../gateway/src/compose.ts";
import { printClient } from "./print-client.ts";

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])
  type Query { "All events." events(first: Int, after: String): EventConnection }
  type EventConnection { nodes: [Event!]! }
  interface Node { id: ID! }
  "Something to go to."
  type Event implements Node @key(fields: "id") { id: ID! secretKey: ID! @inaccessible }
  interface UserError { code: String! message: String! }
  type EventFull implements UserError { code: String! message: String! }
  union BookResult = Event | EventFull
  type Mutation { book: BookResult }
`;
const composition = composeSupergraph([{ name: "events", url: "http://events.subgraph.invalid/graphql", sdl }]);
const files = printClient(
  composition.composed ? composition.supergraph : "",
  [
    { code: "NOT_FOUND", type: "NotFound", meaning: "It is not there." },
    { code: "EVENT_FULL", type: "EventFull", meaning: "It is full." },
    { code: "NOT_FOUND", type: "NotFound", meaning: "It is not there." },
  ],
  { INTERNAL: "Something went wrong." },
);
const file = (path: string): string => files.get(path) ?? "";

describe("what the client package has of a supergraph", () => {
  it("is its schema with descriptions, without what is inaccessible or federation's", () => {
    expect(file("schema.graphql")).toContain('"""Something to go to."""');
    expect(file("schema.graphql")).not.toMatch(/secretKey|join__|@link|@key|inaccessible/);
    expect(buildSchema(file("schema.graphql")).getType("Event")?.description).toBe("Something to go to.");
    const { __schema } = JSON.parse(file("introspection.json")) as IntrospectionQuery;
    expect(__schema.types.map(({ name }) => name)).toContain("EventConnection");
  });

  it("is the schema as types for gql.tada", () => {
    expect(file("src/generated/introspection.ts")).toMatch(/export type Introspection = \{[^]*'BookResult'/);
  });

  it("is each refusal once, in alphabetical order, and the codes of errors", () => {
    expect(file("src/generated/codes.ts")).toMatch(
      /\/\*\* It is full. \*\/\s+EVENT_FULL: "EventFull",\s+\/\*\* It is not there. \*\/\s+NOT_FOUND: "NotFound",\s+\} as const/,
    );
    expect(file("src/generated/codes.ts")).toContain('INTERNAL: "Something went wrong."');
  });

  it("is what a cache wants to know of abstract types and connections", () => {
    expect(file("src/generated/cache.ts")).toContain('BookResult: ["Event","EventFull"]');
    expect(file("src/generated/cache.ts")).toContain('UserError: ["EventFull"]');
    expect(file("src/generated/cache.ts")).toContain('Query: ["events"]');
  });
});
