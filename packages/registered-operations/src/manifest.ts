import { z } from "zod";

const operation = z.object({
  id: z.string().min(1),
  name: z.string(),
  type: z.enum(["query", "mutation", "subscription"]),
  body: z.string().min(1),
});

const schema = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(operation),
});

export type RegisteredOperation = z.output<typeof operation>;

/** Reads a manifest as `@apollo/generate-persisted-query-manifest` writes it. Throws an Error that says what is wrong. */
export function readManifest(text: string): readonly RegisteredOperation[] {
  const manifest = schema.safeParse(JSON.parse(text));
  if (!manifest.success) throw new Error(z.prettifyError(manifest.error));
  const bodies = new Map<string, string>();
  for (const { id, name, body } of manifest.data.operations) {
    if (bodies.has(id) && bodies.get(id) !== body) throw new Error(`two operations have the id of ${name}: ${id}`);
    bodies.set(id, body);
  }
  return manifest.data.operations;
}
