import { type RequestListener, type Server, type ServerResponse, createServer } from "node:http";
import type { Guest, Overload } from "@clic/request-limits";
import type { ErrorCode } from "../error-catalogue.ts";
import type { timeoutsOf } from "./timeouts.ts";

export interface ServerOptions {
  readonly timeouts: ReturnType<typeof timeoutsOf>;
  /** Lets everybody in when undefined. */
  readonly overload: Overload | undefined;
  readonly refused: () => void;
}

/** What is answered however much there is to do, so that somebody can see it. A path has other forms: they don't count. */
const ALWAYS: ReadonlySet<string> = new Set(["/health/live", "/health/ready", "/metrics"]);
const CODE: ErrorCode = "OVERLOADED";
const BODY = JSON.stringify({
  errors: [{ message: "The gateway has more to do than it can. Try again.", extensions: { code: CODE } }],
});
const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "content-length": Buffer.byteLength(BODY),
  "retry-after": "1",
  "cache-control": "no-store",
};

/**
 * The server below Fastify. What overload refuses is answered here, before anything reads it: a refusal that cost a tenth of
 * a request would take half of the capacity when ten times more is asked than can be done.
 */
export function createServerFactory({
  timeouts,
  overload,
  refused,
}: ServerOptions): (handler: RequestListener) => Server {
  return (handler) => {
    const server = createServer(timeouts.http, (request, response) => {
      if (overload === undefined || ALWAYS.has(request.url!)) return handler(request, response);
      const guest: Guest = {
        idle: () => !request.complete || response.writableEnded,
        drop: () => void request.socket.destroy(),
      };
      if (!overload.begin(guest)) {
        refused();
        return refuse(response);
      }
      response.once("close", () => overload.end(guest));
      return handler(request, response);
    });
    server.requestTimeout = timeouts.requestTimeout;
    server.keepAliveTimeout = timeouts.keepAliveTimeout;
    server.setTimeout(timeouts.connectionTimeout);
    return server;
  };
}

function refuse(response: ServerResponse): void {
  response.writeHead(503, HEADERS).end(BODY);
}
