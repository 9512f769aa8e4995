import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { buildSchema, graphql } from "graphql";

export const schema = buildSchema(`
  scalar _Any
  scalar JSON
  enum Kind { TALK WORKSHOP }
  interface Place { name: String! }
  type Venue implements Place { name: String! rooms: Int }
  type Online implements Place { name: String! link: String }
  type Event { id: ID! title: String! kind: Kind places: Int fee: Float open: Boolean tags: [String!] at: Place grid: [[Int]] notes: JSON }
  type Organisation { id: ID! name: String events: [Event!] host: Event }
  union _Entity = Organisation | Event
  type Query { events: [Event!] event: Event _entities(representations: [_Any!]!): [_Entity]! }
  type Mutation { book: Boolean }
`);

export const event = {
  id: "evt_1",
  title: "Launch",
  kind: "TALK",
  places: 3,
  fee: 1.5,
  open: true,
  tags: ["a", "b"],
  at: { __typename: "Venue", name: "Hall", rooms: 2 },
  grid: [[1, null], null, []],
  notes: { any: [1, { thing: "x" }] },
};

const root = {
  events: [event, { ...event, id: "evt_2", at: { __typename: "Online", name: "Web", link: "l" } }],
  event,
  book: true,
  _entities: ({ representations }: { representations: Record<string, unknown>[] }) =>
    representations.map((representation) => ({ ...representation, events: [event], host: event })),
};

export interface EventsSubgraph {
  readonly origin: string;
  close(): Promise<void>;
}

/** A real subgraph on a free port of the loopback. */
export async function startEventsSubgraph(): Promise<EventsSubgraph> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { query, variables } = JSON.parse(await text(request)) as { query: string; variables?: object };
    const result = await graphql({ schema, source: query, rootValue: root, variableValues: { ...variables } });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
