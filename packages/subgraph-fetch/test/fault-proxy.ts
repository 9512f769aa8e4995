import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";

/** One exchange that a fault has in its hands. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly response: ServerResponse;
  /** For what no honest server can send. */
  readonly socket: Socket;
  /** Asks the real subgraph and gives its body. */
  upstream(): Promise<string>;
}

export type Play = (exchange: Exchange) => void | Promise<void>;

export interface FaultProxy {
  readonly origin: string;
  /** What happens to each exchange from now on; undefined lets all through. */
  play: Play | undefined;
  /** Bodies that came, in order. */
  readonly received: { body: string; headers: IncomingMessage["headers"] }[];
  /** Most exchanges that were under way at once. */
  readonly most: () => number;
  close(): Promise<void>;
}

/** Stands between a gateway and the subgraph at `upstream`, on a free port of the loopback, and spoils what it is told to. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  let under = 0;
  let most = 0;
  const sockets = new Set<Socket>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    most = Math.max(most, ++under);
    response.once("close", () => under--);
    response.on("error", () => undefined);
    const body = await text(request);
    if (request.method === "POST") proxy.received.push({ body, headers: request.headers });
    const ask = async (): Promise<Response> =>
      fetch(upstream + request.url, {
        method: request.method!,
        headers: {
          "content-type": "application/json",
          ...(request.headers.authorization && { authorization: request.headers.authorization }),
        },
        ...(request.method === "POST" && { body }),
      });
    const { play } = proxy;
    if (play && request.method === "POST") {
      await play({ request, body, response, socket: request.socket, upstream: async () => (await ask()).text() });
      return;
    }
    const answered = await ask();
    response.writeHead(answered.status, { "content-type": answered.headers.get("content-type") ?? "text/plain" });
    response.end(await answered.text());
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: FaultProxy = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play: undefined,
    received: [],
    most: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return proxy;
}
