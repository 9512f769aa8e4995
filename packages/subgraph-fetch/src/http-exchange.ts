import { type Dispatcher, errors } from "undici";
import { createByteCap } from "./byte-cap.ts";
import { refuseOtherThanJson } from "./json-only.ts";
import { refuseRedirect } from "./no-redirects.ts";
import { createShapeCap } from "./shape-cap.ts";
import { SubgraphFailure } from "./subgraph-failure.ts";

export interface ExchangeRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly maxBytes: number;
  readonly maxValues: number;
  readonly signal: AbortSignal;
}

export interface Exchange {
  readonly status: number;
  readonly body: Buffer;
}

/**
 * Sends one POST and collects the body of its answer. Throws SubgraphFailure; what is refused by its head or grows too large
 * is cut off, not read to its end. Follows nothing and unpacks nothing: undici does neither unless told to.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<Exchange> {
  const { path, headers, body, maxBytes, maxValues, signal } = request;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    const chunks: Buffer[] = [];
    const count = createByteCap(maxBytes);
    const look = createShapeCap(maxValues);
    const abort = (): void => {
      reject(signal.reason as Error);
      controller?.abort(signal.reason as Error);
    };
    signal.addEventListener("abort", abort, { once: true });
    dispatcher.dispatch(
      { method: "POST", path, headers, body, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          controller = started;
          if (signal.aborted) started.abort(signal.reason as Error);
        },
        // What these two throw comes back through onResponseError, after undici has cut the connection.
        onResponseStart(_controller, code, answered) {
          if (code < 200) return;
          status = code;
          refuseStatus(code);
          refuseRedirect(code);
          refuseOtherThanJson(code, answered);
        },
        onResponseData(_controller, chunk) {
          count(chunk.length);
          look(chunk);
          chunks.push(chunk);
        },
        onResponseEnd() {
          signal.removeEventListener("abort", abort);
          resolve({ status, body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
        },
        onResponseError(_controller, error) {
          signal.removeEventListener("abort", abort);
          reject(asFailure(error, status !== 0));
        },
      },
    );
  });
}

function refuseStatus(status: number): void {
  // A 401 is about our own token. Passed on, it would tell the caller to sign in again.
  if (status === 401) throw new SubgraphFailure("token refused", "status 401, our token was refused");
  if (status === 502 || status === 503 || status === 504)
    throw new SubgraphFailure("gateway status", `status ${status}`);
}

function asFailure(error: Error, begun: boolean): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const { code = "no code" } = error as { code?: string };
  if (code === "UND_ERR_HEADERS_OVERFLOW") return new SubgraphFailure("too large", "its headers are too large");
  if (error instanceof errors.HTTPParserError) return new SubgraphFailure("form", `no HTTP: ${code}`);
  return new SubgraphFailure(begun ? "cut off" : "connection", code, { cause: error });
}
