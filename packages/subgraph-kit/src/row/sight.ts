import { decodeGlobalId } from "@clic/global-id";
import type { Scope, Viewer } from "@clic/identity";

/** One reason why a viewer may know of a row: it is of this person or organisation (their id). With null it is none. */
export type Reason =
  | { readonly property: string; readonly is: string | null }
  /** SQL with `e` for the row, and once `$` for the id where there is one: `exists (select … = $)`. */
  | { readonly sql: string; readonly is?: string | null };

/**
 * Which rows of an entity a viewer may know of: each, or those for which there is any reason (with none: none). It says
 * what the entity's row policy says, in SQL that an index serves: it holds where the policy is missing, and who sees few
 * rows of many has few read, where PostgreSQL would ask the policy of every row.
 *
 * Hazard: it never shows more than the policy, but it hides what it leaves out. `walkListSight` of `subgraph-testing` holds
 * the two to each other.
 */
export type Sight = (viewer: Viewer) => "ALL" | readonly Reason[];

export const everything: Sight = () => "ALL";

/** The organisation whose people, requests and records the viewer reads as its lead; null when they lead none. */
export function ledBy({ scopes, organisationId }: Viewer): string | null {
  return scopes.has("organisation:read") ? organisationId : null;
}

/** Everything for whoever has any of the scopes; for others what the reasons say. */
export function seenWith(scopes: readonly Scope[], reasons: (viewer: Viewer) => readonly Reason[] = () => []): Sight {
  return (viewer) => (scopes.some((scope) => viewer.scopes.has(scope)) ? "ALL" : reasons(viewer));
}

/**
 * The SQL condition of what the viewer may know of, for the alias `e`: "" when that is everything, null when it is
 * nothing. `add` takes a value, a uuid, and returns its place in the statement.
 */
export function sightSql(
  sight: Sight,
  viewer: Viewer,
  column: (property: string) => string,
  add: (value: string, type: "uuid") => string,
): string | null {
  const seen = sight(viewer);
  if (seen === "ALL") return "";
  const parts = seen.flatMap((reason) => {
    if (reason.is === null) return [];
    if (reason.is === undefined) return "sql" in reason ? [reason.sql] : [];
    const place = add(decodeGlobalId(reason.is, ["Person", "Organisation"]).uuid, "uuid");
    return ["sql" in reason ? reason.sql.replace("$", () => place) : `e."${column(reason.property)}" = ${place}`];
  });
  return parts.length === 0 ? null : `(${parts.join(" or ")})`;
}

/** Whether the viewer may know of this row, by its own properties alone: what is found by SQL is not looked for. */
export function isInSight(sight: Sight, viewer: Viewer, row: object): boolean {
  const seen = sight(viewer);
  if (seen === "ALL") return true;
  return seen.some(
    (reason) =>
      !("sql" in reason) && reason.is !== null && (row as Record<string, unknown>)[reason.property] === reason.is,
  );
}
