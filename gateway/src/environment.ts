import { join } from "node:path";
import { telemetryVariables } from "@clic/telemetry";
import { z } from "zod";
import { timeoutVariables, timeoutsOf } from "./http/timeouts.ts";
import { limitVariables, limitsOf } from "./protection/limits.ts";

const count = z.number().int().min(1);

const subgraph = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  key: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43,}$/, "must be at least 32 bytes in base64url")
    .optional(),
  /** What differs from the defaults. */
  budget: z
    .strictObject({
      deadlineMs: count,
      maxBytes: count,
      maxValues: count,
      concurrency: count,
      queue: z.number().int().min(0),
      retries: z.number().int().min(0).max(10),
      breakAfter: count,
      reopenMs: count,
    })
    .partial()
    .optional(),
});

const schema = z
  .object({
    HOST: z.string().default("127.0.0.1"),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    ISSUER_URL: z.url({ protocol: /^https?$/ }).optional(),
    AUDIENCE: z.string().min(1).optional(),
    SUPERGRAPH: z.string().default(join(import.meta.dirname, "..", "supergraph.graphql")),
    SUBGRAPHS: z.string().default("{}").transform(asJson).pipe(z.record(z.string(), subgraph)),
    INTROSPECTION: z.enum(["open", "scoped"]).optional(),
    WHEN_WITHHELD: z.enum(["filter", "reject"]).default("filter"),
    EXPLORER: z.enum(["on", "when-built"]).optional(),
    EXPLORER_FILES: z.string().default(join(import.meta.dirname, "..", "..", "packages", "explorer", "dist")),
    EXPLORER_CLIENT: z.string().min(1).default("clic-explorer"),
    OPEN: z.literal("on").optional(),
    NODE_ENV: z.string().optional(),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    FETCH_TIMEOUT_MS: z.coerce.number().int().min(1).default(10_000),
    FETCH_MAX_BYTES: z.coerce
      .number()
      .int()
      .min(1)
      .default(16 * 1024 * 1024),
    SUPERGRAPH_POLL_MS: z.coerce.number().int().min(10).default(500),
    PLAN_THREADS: z.coerce.number().int().min(1).default(2),
    PLAN_MEMORY_MB: z.coerce.number().int().min(64).default(512),
    PERSISTED_OPERATIONS: z.string().min(1).optional(),
    CORS_ORIGINS: list(
      z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).origin === url, "must be an origin"),
    ),
    TRUSTED_PROXIES: list(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])),
    ...telemetryVariables,
    ...limitVariables,
    ...timeoutVariables,
  })
  .transform((variables, context) => {
    const { INTROSPECTION, NODE_ENV, OPEN, ISSUER_URL: issuer, AUDIENCE: audience, ...rest } = variables;
    if ((issuer === undefined) !== (audience === undefined))
      context.addIssue({ code: "custom", message: "ISSUER_URL and AUDIENCE need each other" });
    return {
      ...rest,
      /** Whose tokens count and for whom; undefined where nobody signs in. */
      identity: issuer === undefined || audience === undefined ? undefined : { issuer, audience },
      /** Identity and limits are off. */
      open: OPEN !== undefined,
      /** What clients are held to; undefined when open. */
      limits: OPEN === undefined ? limitsOf(variables) : undefined,
      timeouts: timeoutsOf(variables),
      openIntrospection:
        OPEN !== undefined || (INTROSPECTION === undefined ? NODE_ENV === "development" : INTROSPECTION === "open"),
    };
  });

export type Environment = z.output<typeof schema>;
export type SubgraphAddress = z.output<typeof subgraph>;

/** Says which variables are wrong, one a line, and never their values: a subgraph's key may be among them. */
export class EnvironmentRefused extends Error {
  override readonly name = "EnvironmentRefused";
}

/** Reads the gateway's environment. Throws EnvironmentRefused. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  throw new EnvironmentRefused(
    result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
  );
}

/** Separated by commas; empty when absent. */
function list<T>(item: z.ZodType<T, string>): z.ZodType<readonly T[], string | undefined> {
  const split = (text: string): string[] => text.split(",").flatMap((part) => part.trim() || []);
  return z.string().default("").transform(split).pipe(z.array(item));
}

function asJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "must be JSON" });
    return z.NEVER;
  }
}
