import { type JsonLimits, inflate, refuseJsonShape, refuseOtherThanUtf8 } from "@clic/request-limits";
import type { FastifyInstance } from "fastify";

/**
 * Takes JSON in UTF-8 and nothing else, plain or compressed, and looks at its size and shape before it is parsed. `limits`
 * undefined takes JSON of any size and shape.
 */
export function addBody(
  app: FastifyInstance,
  limits: { readonly bodyBytes: number; readonly json: JsonLimits } | undefined,
): void {
  const maxBytes = limits?.bodyBytes ?? Number.MAX_SAFE_INTEGER;
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeAllContentTypeParsers();
  app.addHook("preParsing", async (request, _reply, payload) =>
    inflate(payload, request.headers["content-encoding"], maxBytes),
  );
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer", bodyLimit: maxBytes },
    (request, body: Buffer, done) => {
      refuseOtherThanUtf8(body, request.headers["content-type"]);
      if (limits) refuseJsonShape(body, limits.json);
      void parse(request, body.toString("utf8"), done);
    },
  );
}
