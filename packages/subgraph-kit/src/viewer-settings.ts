import { decodeGlobalId } from "@clic/global-id";
import type { Viewer } from "@clic/identity";

/** The statement that tells PostgreSQL, for this transaction alone, on whose behalf it works. */
export const setViewerSql =
  "select set_config('app.kind', $1, true), set_config('app.person', $2, true), " +
  "set_config('app.organisation', $3, true), set_config('app.scopes', $4, true)";

/**
 * The same for a transaction that only reads: PostgreSQL refuses it everything else. $5 is its `plan_cache_mode`.
 */
export const readAsViewerSql = `${setViewerSql}, set_config('transaction_read_only', 'on', true), set_config('plan_cache_mode', $5, true)`;

/** The parameters of {@link setViewerSql}. Absent ids become '', which the policies read as null. */
export function viewerSettings(viewer: Viewer): string[] {
  return [
    viewer.kind,
    viewer.personId === null ? "" : decodeGlobalId(viewer.personId, "Person").uuid,
    viewer.organisationId === null ? "" : decodeGlobalId(viewer.organisationId, "Organisation").uuid,
    [...viewer.scopes].join(" "),
  ];
}

/**
 * SQL that a service's first migration runs: the four functions its row policies are written with.
 * Call them as `(select viewer_has('…'))`, so that PostgreSQL evaluates them once a statement and not once a row.
 */
export function viewerFunctionsSql(schema: string): string {
  return `
create function ${schema}.viewer_person() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.person', true), '')::uuid;
create function ${schema}.viewer_organisation() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.organisation', true), '')::uuid;
create function ${schema}.viewer_is_system() returns boolean language sql stable parallel safe
  return coalesce(current_setting('app.kind', true) = 'system', false);
create function ${schema}.viewer_has(scope text) returns boolean language sql stable parallel safe
  return coalesce(current_setting('app.kind', true) = 'system'
    or scope = any(string_to_array(current_setting('app.scopes', true), ' ')), false);
grant execute on all functions in schema ${schema} to ${schema}_service;`;
}
