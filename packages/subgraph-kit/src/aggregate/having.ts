import type { Viewer } from "@clic/identity";
import { badInput } from "../errors/coded-error.ts";
import { operatorsSql, type Where } from "../list/filter.ts";
import type { AnyList } from "../list/list-definition.ts";
import type { Parameters } from "../list/parameters.ts";
import { functions, type Measure, measureSql, measureType } from "./measure.ts";

/**
 * The SQL condition of a `having`; "" when it says nothing. Every condition must hold. Throws BAD_USER_INPUT for nulls,
 * FORBIDDEN for a field that the viewer may not select.
 */
export function havingSql(list: AnyList, having: Where | null | undefined, viewer: Viewer, params: Parameters): string {
  if (having === null) throw badInput("having is null. Leave it out to keep every group.");
  const compared = (path: string, measure: Measure, filter: unknown): string => {
    if (filter === undefined) return "";
    if (filter === null) throw badInput(`${path} is null. Leave it out.`);
    const condition = {
      path,
      expression: measureSql(list, measure, viewer),
      type: measureType(list, measure),
      toColumn: (value: unknown) => value,
    };
    return operatorsSql(condition, filter as Where, params);
  };
  const { count, ...others } = having ?? {};
  const parts = functions.flatMap((of) => {
    if (others[of] === null) throw badInput(`having.${of} is null. Leave it out.`);
    return Object.entries((others[of] ?? {}) as Where).map(([property, filter]) =>
      compared(`having.${of}.${property}`, { of, property }, filter),
    );
  });
  return [compared("having.count", { of: "count" }, count), ...parts].filter((part) => part !== "").join(" and ");
}
