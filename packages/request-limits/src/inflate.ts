import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { RequestRefused } from "./request-refused.ts";

const INFLATERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body as it was before its sender compressed it, chunk by chunk: whoever reads it counts what came out, and stops
 * reading at the limit, so that a kilobyte that would become a gigabyte becomes no more than that. Throws for encodings
 * that it doesn't know, and for several on top of one another.
 */
export function inflate(body: Readable, contentEncoding: string | undefined): Readable {
  const encoding = contentEncoding?.trim().toLowerCase();
  if (encoding === undefined || encoding === "" || encoding === "identity") return body;
  if (!Object.hasOwn(INFLATERS, encoding))
    throw new RequestRefused(
      415,
      "BAD_REQUEST",
      "Send the request's body plain, or with content-encoding gzip, deflate or br.",
      {
        "accept-encoding": "gzip, deflate, br",
      },
    );
  const inflated = INFLATERS[encoding]!();
  body.on("error", (error) => inflated.destroy(error));
  inflated.on("close", () => {
    body.unpipe(inflated);
    body.resume(); // what is left of a refused body is read and thrown away, so that the answer can be read
  });
  return body.pipe(inflated);
}
