import { randomUUID } from "node:crypto";
import { RequestRefused } from "@clic/request-limits";
import { withoutWords } from "@clic/telemetry";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import type { Logger } from "pino";
import type { ErrorCode } from "../error-catalogue.ts";
import type { GatewayMetrics } from "../metrics.ts";

/** Answers what goes wrong before GraphQL in GraphQL's shape: the body's size and syntax, unknown paths, and bugs. */
export function addHttpErrors(
  app: FastifyInstance,
  log: Logger,
  { errors: told }: Pick<GatewayMetrics, "errors">,
): void {
  function refuse(
    reply: FastifyReply,
    status: number,
    code: ErrorCode,
    message: string,
    more: object = {},
  ): FastifyReply {
    told.inc({ code });
    return reply.code(status).send({ errors: [{ message, extensions: { code, ...more } }] });
  }
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, 404, "NOT_FOUND", "There is nothing at this path. The graph is at /graphql."),
  );
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof RequestRefused)
      return refuse(reply.headers(error.headers), error.statusCode, error.code as ErrorCode, error.message);
    if (error.statusCode === 413)
      return refuse(reply, 413, "BODY_TOO_LARGE", "The request's body is too large. Send less at once.");
    if (error.statusCode === 415)
      return refuse(reply, 415, "BAD_REQUEST", "Send the request's body as application/json.");
    if (error.code === "ERR_INVALID_URL")
      return refuse(reply, 400, "BAD_REQUEST", "The request's URL or Host header is malformed.");
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return refuse(reply, status, "BAD_REQUEST", "The request's body is not JSON.");
    const id = randomUUID();
    log.error({ id, err: withoutWords(error) }, "unexpected error masked");
    return refuse(reply, 500, "INTERNAL", "Something went wrong. Quote the id when you report it.", { id });
  });
}
