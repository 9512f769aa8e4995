import type { Viewer } from "@clic/identity";

/**
 * The policies that `@policy` in a schema may name: what can't be said by scopes alone, decided from the viewer alone. Rows
 * are the services' business. A supergraph that names another is refused.
 */
export const policies = {
  /** Is a person, not a machine. */
  person: ({ kind }) => kind === "person",
  /** Works in the collaborative or its Alliance, or has everybody's personal data: may read who is involved, and words that may name some. */
  staff: ({ kind, scopes }) =>
    scopes.has("personal:read") || (kind === "person" && (scopes.has("record:self") || scopes.has("operations:read"))),
} as const satisfies Record<string, (viewer: Viewer) => boolean>;

/** The policies that hold for a viewer. */
export function policiesOf(viewer: Viewer): readonly string[] {
  return Object.entries(policies).flatMap(([name, holds]) => (holds(viewer) ? [name] : []));
}
