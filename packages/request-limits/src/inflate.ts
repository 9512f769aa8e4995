import { type Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { RequestRefused } from "./request-refused.ts";

const INFLATERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body as it was before its sender compressed it, up to `maxBytes` of it: then it fails with 413 and inflating ends, so
 * that a kilobyte that would become a gigabyte never does. Throws for encodings that it doesn't know, and for several on
 * top of one another. Carries `receivedEncodedLength`, as Fastify's preParsing hooks have to.
 */
export function inflate(body: Readable, contentEncoding: string | undefined, maxBytes: number): Readable {
  const encoding = contentEncoding?.trim().toLowerCase();
  if (encoding === undefined || encoding === "" || encoding === "identity") return body;
  if (!Object.hasOwn(INFLATERS, encoding)) {
    const message = "Send the request's body plain, or with content-encoding gzip, deflate or br.";
    throw new RequestRefused(415, "BAD_REQUEST", message, { "accept-encoding": "gzip, deflate, br" });
  }
  const inflater = INFLATERS[encoding]!();
  let length = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length <= maxBytes) done(null, chunk);
      else done(new RequestRefused(413, "BODY_TOO_LARGE", `The request's body is larger than ${maxBytes} bytes.`));
    },
  });
  const inflated = Object.assign(counted, { receivedEncodedLength: 0 });
  body.on("data", (chunk: Buffer) => (inflated.receivedEncodedLength += chunk.length));
  body.on("error", (error) => inflated.destroy(error));
  inflater.on("error", (error) => inflated.destroy(error));
  inflated.on("close", () => {
    inflater.destroy();
    body.unpipe(inflater);
    body.resume(); // what is left of a refused body is read and thrown away, so that its sender reads the answer
  });
  body.pipe(inflater).pipe(inflated);
  return inflated;
}
