import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isLoopback, isLoopbackUrl } from "./loopback.ts";
import { readSigningKeys } from "./signing-keys.ts";

/** The audience of the graph. */
export const graphAudience = "https://graph.clic.example";

export interface RunningIssuer {
  /** The issuer as its tokens spell it; no slash at the end. */
  readonly url: string;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/**
 * Starts an OIDC issuer that gives a token to anybody who asks. For development and tests, so it binds to loopback only.
 *
 * @param options.port 0 for a free one
 * @param options.issuer what the tokens say; where it listens, by default
 * @param options.keysFile keeps the signing keys, so that tokens outlive a restart; fresh keys without it
 * @throws RangeError for a host or issuer that isn't loopback; a system error (EADDRINUSE) for a taken port; Error for a
 *   keys file that holds no key
 */
export async function startIssuer(options: {
  port: number;
  host?: string | undefined;
  issuer?: string | undefined;
  audience?: string | undefined;
  keysFile?: string | undefined;
}): Promise<RunningIssuer> {
  const host = options.host ?? "127.0.0.1";
  if (!isLoopback(host) || (options.issuer !== undefined && !isLoopbackUrl(options.issuer))) {
    throw new RangeError("The development issuer gives anybody a token, so it runs on loopback only: use 127.0.0.1.");
  }
  const jwks = await readSigningKeys(options.keysFile);

  let serve: Serve | null = null;
  const server = createServer((request, response) => {
    void answer(serve, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  const url = options.issuer ?? `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
  try {
    // Loaded here, because the library takes most of a second and who only wants the names of the users shouldn't wait.
    const { createHandler } = await import("./handler.ts");
    serve = createHandler({ issuer: url, audience: options.audience ?? graphAudience, jwks });
  } catch (error) {
    server.close();
    throw error;
  }

  return {
    url,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

async function answer(serve: Serve | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page elsewhere can point its own name at this machine; its browser then sends that name.
  if (!isLoopbackUrl(`http://${request.headers.host}`)) return reply(response, 421, "misdirected");
  if (request.url === "/health/live") return reply(response, 200, "live");
  if (!serve) return reply(response, 503, "starting");
  if (request.url === "/health/ready") return reply(response, 200, "ready");
  await serve(request, response);
}

function reply(response: ServerResponse, status: number, word: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ status: word }));
}
