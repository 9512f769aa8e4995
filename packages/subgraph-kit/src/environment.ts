import { telemetryVariables } from "@clic/telemetry";
import { z } from "zod";

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535),
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  MIGRATION_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BUS_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SUBGRAPH_KEY: z
    .base64url()
    .transform((text) => Buffer.from(text, "base64url"))
    .refine((key) => key.length >= 32, "needs 32 bytes, base64url"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Where people's own software (a calendar) reaches this service; absent: where it listens. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ...telemetryVariables,
  POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
});

export type ServiceEnvironment = z.output<typeof schema>;

/** Reads a service's environment once. Throws one error that names every variable that is missing or wrong. */
export function readServiceEnvironment(environment: Readonly<Record<string, string | undefined>>): ServiceEnvironment {
  const read = schema.safeParse(environment);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment does not fit. ${problems.join("; ")}`);
}
