import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders } from "undici/types/header.js";
import { SubgraphFailure } from "./subgraph-failure.ts";

const PACKED: ReadonlySet<string> = new Set(["identity", "gzip", "br", "deflate", "zstd"]);
const TYPES: ReadonlySet<string> = new Set(["application/json", "application/graphql-response+json"]);
const ORDINARY: ReadonlySet<string> = new Set([...TYPES, "", "text/html", "text/plain", "text/xml", "application/xml"]);

/** Throws for a body that does not say that it is JSON, or is packed: nothing packed was asked for, and it may be a bomb. */
export function refuseOtherThanJson(status: number, headers: IncomingHttpHeaders): void {
  const type = String(headers["content-type"] ?? "")
    .split(";", 1)[0]!
    .trim()
    .toLowerCase();
  const packed = String(headers["content-encoding"] ?? "identity");
  if (TYPES.has(type) && packed === "identity") return;
  // Named only where the name is nobody's own: a header may say anything, and the reason goes to a log.
  const [called, coded] = [ORDINARY.has(type) ? type : "another", PACKED.has(packed) ? packed : "another"];
  const reason = `status ${status}, content type "${called}", encoding "${coded}"`;
  throw new SubgraphFailure(status >= 500 ? "status" : "not JSON", reason);
}

/** Parses UTF-8 JSON. A byte order mark is skipped; bytes that are no UTF-8 are refused, not replaced. */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new SubgraphFailure("not JSON", "the body is not UTF-8");
  const text = bytes.toString("utf8", bytes.subarray(0, 3).equals(MARK) ? 3 : 0);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message quotes the body.
    throw new SubgraphFailure("not JSON", `the body of ${bytes.length} bytes is not JSON`);
  }
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
