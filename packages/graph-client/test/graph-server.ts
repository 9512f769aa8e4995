import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildSchema, graphql, GraphQLError } from "graphql";

const schema = buildSchema(readFileSync(join(import.meta.dirname, "../schema.graphql"), "utf8"));
const titles = ["Induction", "Coaching", "Report-out", "Town hall", "Clinic"];
const rows = titles.map((title, index) => ({ id: `evt_${index + 1}`, title, startsAt: null, placesLeft: index }));

/** A small graph under the public schema, over HTTP: five events, and a booking that goes in three ways. */
export interface GraphServer {
  readonly url: string;
  /** The headers of the requests so far. */
  readonly seen: readonly IncomingHttpHeaders[];
  stop(): Promise<void>;
}

export async function startGraphServer(): Promise<GraphServer> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    if (request.url !== "/graphql") return void response.writeHead(503).end("<html>Back soon</html>");
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    const answer = async (): Promise<void> => {
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: object;
      };
      const result = await graphql({ schema, rootValue, source: query, variableValues: { ...variables } });
      response.setHeader("content-type", "application/graphql-response+json");
      response.end(JSON.stringify(result));
    };
    request.on("end", () => void answer());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, seen, stop: () => stop(server) };
}

const rootValue = {
  me() {
    throw new GraphQLError("Withheld.", { extensions: { code: "FORBIDDEN" } });
  },
  events({ first, after }: { first: number; after?: string }) {
    if (after === "gone") return null;
    const start = after === undefined || after === null ? 0 : Number(after);
    const nodes = rows.slice(start, start + first);
    const end = start + nodes.length;
    return {
      totalCount: rows.length,
      nodes,
      edges: nodes.map((node, index) => ({ node, cursor: String(start + index + 1) })),
      pageInfo: {
        hasNextPage: end < rows.length,
        hasPreviousPage: false,
        startCursor: String(start + 1),
        endCursor: String(end),
      },
    };
  },
  bookPlace({ input: { eventId } }: { input: { eventId: string } }) {
    if (eventId === "evt_1") return { __typename: "Booking", id: "bkg_1", status: "CONFIRMED" };
    if (eventId === "evt_2") return { __typename: "EventFull", code: "EVENT_FULL", message: "No place is left." };
    const booking = { id: "bkg_3" };
    return { __typename: "AlreadyBooked", code: "ALREADY_BOOKED", message: "You have a booking.", booking };
  },
};

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
