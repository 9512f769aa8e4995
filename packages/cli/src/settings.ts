import { resolve } from "node:path";

import { services } from "@clic/local-postgres";
import { z } from "zod";

import { StartRefused } from "./cli.errors.ts";

/** One port of the stack, and the variable that moves it. */
export interface PortSetting {
  readonly port: number;
  readonly setting: string;
}

export interface Settings {
  /** The checkout. */
  readonly root: string;
  /** Data, secrets and logs of this checkout. */
  readonly stateDirectory: string;
  /** Admin URL of a server of the user's own; null: PostgreSQL is started here. */
  readonly databaseUrl: string | null;
  /** By name: `gateway`, `issuer`, `postgres`, and each service. */
  readonly ports: Readonly<Record<string, PortSetting>>;
  /** Where tokens come from: the development issuer of this stack, unless ISSUER_URL names another. */
  readonly issuerUrl: string;
  readonly logLevel: string;
  /** What children inherit of the environment. */
  readonly inherited: Readonly<Record<string, string>>;
}

/** Distance of each port from CLIC_PORT_BASE (4000). The services' follow from their list. */
const offsets: Readonly<Record<string, number>> = {
  gateway: 0,
  ...Object.fromEntries(services.map((service) => [service.name, service.port - 4000])),
  issuer: 10,
  postgres: 32,
};

const inheritedNames = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "NODE_EXTRA_CA_CERTS"];
/** What tells a child how to be watched, and how often it may be asked. */
const inheritedPrefixes = ["OTEL_", "RATE_LIMIT"];

/** `events` to `EVENTS_PORT`. */
function settingFor(name: string): string {
  return `${name.replaceAll("-", "_").toUpperCase()}_PORT`;
}

const port = z.coerce.number("write a port from 1 to 65535").int().min(1).max(65_535);

const schema = z.object({
  CLIC_STATE: z.string().min(1).optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "write postgresql://user:password@host:5432/postgres" })
    .optional(),
  CLIC_PORT_BASE: z.coerce.number("write a port from 1024 to 65000").int().min(1024).max(65_000).default(4000),
  ISSUER_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ...Object.fromEntries(Object.keys(offsets).map((name) => [settingFor(name), port.optional()])),
});

/** Reads the settings from an environment. An empty variable counts as absent. Throws StartRefused naming what is wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, root: string): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new StartRefused(`A setting is not right: ${problems.join("; ")}.`);
  }
  const { CLIC_STATE, DATABASE_URL, CLIC_PORT_BASE, ISSUER_URL, LOG_LEVEL, ...moved } = parsed.data;
  const movedPorts = moved as Readonly<Record<string, number | undefined>>;
  const ports = Object.entries(offsets).map(([name, offset]) => {
    const setting = settingFor(name);
    return [name, { port: movedPorts[setting] ?? CLIC_PORT_BASE + offset, setting }] as const;
  });
  return {
    root,
    stateDirectory: resolve(root, CLIC_STATE ?? ".clic"),
    databaseUrl: DATABASE_URL ?? null,
    ports: Object.fromEntries(ports),
    issuerUrl: ISSUER_URL ?? `http://127.0.0.1:${movedPorts["ISSUER_PORT"] ?? CLIC_PORT_BASE + 10}`,
    logLevel: LOG_LEVEL,
    inherited: Object.fromEntries(
      Object.entries(given).filter(
        ([name]) => inheritedNames.includes(name) || inheritedPrefixes.some((prefix) => name.startsWith(prefix)),
      ),
    ) as Record<string, string>,
  };
}
