import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type Viewer, anonymousViewer, createSubgraphTokenVerifier } from "@clic/identity";
import { type GraphQLSchema, graphql, parse } from "graphql";
import { type LocalServer, readBody, startServer } from "./local-server.ts";

export interface TestSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly url: string;
  readonly key: string;
  /** What reached it, in order. */
  readonly received: { headers: IncomingHttpHeaders; body: string; viewer: Viewer }[];
  /** Answers in place of the schema while set. */
  misbehave: ((response: ServerResponse) => void) | undefined;
  stop(): Promise<void>;
  /** Comes back on the port it had. */
  restart(): Promise<void>;
}

type Modules = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>;

/**
 * A real subgraph over HTTP that refuses whatever the gateway's token does not cover, unless it is a stranger's, who knows
 * nothing of tokens. Resolvers see `{ viewer }`.
 */
export async function startTestSubgraph(
  name: string,
  sdl: string,
  resolvers: object,
  stranger = false,
): Promise<TestSubgraph> {
  const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }] as unknown as Modules);
  const key = randomBytes(32);
  const verifier = createSubgraphTokenVerifier({ subgraph: name, key });
  const json = { "content-type": "application/json; charset=utf-8" };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === "/health/live") return void response.writeHead(200).end();
    const body = await readBody(request);
    let viewer: Viewer;
    try {
      viewer = stranger ? anonymousViewer : verifier.verify(request.headers.authorization, body);
    } catch {
      return void response.writeHead(401, json).end(JSON.stringify({ errors: [{ message: "token refused" }] }));
    }
    subgraph.received.push({ headers: request.headers, body, viewer });
    if (subgraph.misbehave) return subgraph.misbehave(response);
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown>;
      operationName?: string;
    };
    const args = {
      schema,
      source: query,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
      contextValue: { viewer },
    };
    response.writeHead(200, json).end(JSON.stringify(await graphql(args)));
  }
  const listen = (port?: number): Promise<LocalServer> =>
    startServer((request, response) => void answer(request, response), port);

  let server = await listen();
  const { port } = new URL(server.origin);
  const subgraph: TestSubgraph = {
    name,
    sdl,
    url: `${server.origin}/graphql`,
    key: key.toString("base64url"),
    received: [],
    misbehave: undefined,
    stop: () => server.close(),
    restart: async () => void (server = await listen(Number(port))),
  };
  return subgraph;
}
