import fastifyCors from "@fastify/cors";
import type { FastifyInstance } from "fastify";

/**
 * Lets pages of these origins ask, and read what a client has to. Pages of others may not: their browsers refuse. Never
 * with credentials: who asks stands in `authorization`, which no browser adds by itself.
 */
export function addCors(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.register(fastifyCors, {
    origin: [...origins],
    methods: ["GET", "POST"],
    allowedHeaders: [
      "accept",
      "authorization",
      "content-type",
      "x-acting-organisation",
      "apollo-require-preflight",
      "apollographql-client-name",
      "apollographql-client-version",
      "x-apollo-operation-name",
    ],
    exposedHeaders: ["x-request-id", "ratelimit", "ratelimit-policy", "retry-after"],
    maxAge: 3_600,
  });
}
