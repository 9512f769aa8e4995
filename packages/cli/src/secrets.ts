import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";

import type { ServiceDefinition } from "@clic/local-postgres";
import { z } from "zod";

import { StartRefused } from "./cli.errors.ts";

export interface Secrets {
  /** By database role. */
  readonly passwords: Readonly<Record<string, string>>;
  /** By service: base64url of 32 random bytes. */
  readonly subgraphKeys: Readonly<Record<string, string>>;
}

const schema = z.object({
  passwords: z.record(z.string(), z.string()),
  subgraphKeys: z.record(z.string(), z.string()),
});

/** Reads the secrets of this checkout, and makes those that are missing. The file is 0600 and written whole or not at all. */
export function openSecrets(file: string, services: readonly ServiceDefinition[]): Secrets {
  const known = readSecrets(file);
  const roles = ["bus", ...services.flatMap(({ schema: stem }) => [`${stem}_owner`, `${stem}_service`])];
  const complete: Secrets = {
    passwords: { ...fill(roles), ...known.passwords },
    subgraphKeys: { ...fill(services.map((service) => service.name)), ...known.subgraphKeys },
  };
  writeFileSync(`${file}.new`, `${JSON.stringify(complete, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return complete;
}

function fill(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, randomBytes(32).toString("base64url")]));
}

function readSecrets(file: string): Secrets {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { passwords: {}, subgraphKeys: {} };
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new StartRefused(`${file} is damaged: delete it, and the next start makes new passwords and keys.`, {
      cause: error,
    });
  }
}
