import { z } from "zod";

/** The variables of the environment that say how long a client may take. */
export const timeoutVariables = {
  HEADERS_TIMEOUT_MS: z.coerce.number().int().min(1).default(5_000),
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1).default(8_000),
  IDLE_TIMEOUT_MS: z.coerce.number().int().min(1).default(5_000),
  SOCKET_TIMEOUT_MS: z.coerce.number().int().min(1).default(60_000),
};

/** How often connections are looked at; a timeout is noticed this much later at most. */
export const CHECK_MS = 500;

/**
 * Fastify's options by which slow clients lose their connection: those that take long to send a request's head or whole, that
 * keep a connection without using it, or that don't read their answer.
 */
export function timeoutsOf(variables: z.output<z.ZodObject<typeof timeoutVariables>>): {
  readonly http: { readonly headersTimeout: number; readonly connectionsCheckingInterval: number };
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionTimeout: number;
} {
  return {
    http: { headersTimeout: variables.HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS },
    requestTimeout: variables.REQUEST_TIMEOUT_MS,
    keepAliveTimeout: variables.IDLE_TIMEOUT_MS,
    connectionTimeout: variables.SOCKET_TIMEOUT_MS,
  };
}
