import type { Viewer } from "@clic/identity";
import { badInput, forbidden } from "../errors/coded-error.ts";
import { columnType, type FilterOperator } from "./filter-kind.ts";
import type { AnyList, ListField } from "./list-definition.ts";
import type { Parameters } from "./parameters.ts";

export type Where = { readonly [key: string]: unknown };

const deepest = 20;
const mostConditions = 1000;
const mostValues = 1000;

/**
 * The SQL condition of a `where`, for the alias `e`; "" when it says nothing. Throws BAD_USER_INPUT for an explicit
 * null (a filter must never widen by accident), for malformed ids and for more than PostgreSQL should be asked (20
 * levels, 1,000 conditions, 1,000 values of an `in`), FORBIDDEN for a field the viewer may not select.
 */
export function filterSql(
  list: AnyList,
  where: Where | null | undefined,
  viewer: Viewer,
  params: Parameters,
  depth = 1,
): string {
  if (where === null) throw badInput("where is null. Leave it out to list everything.");
  if (where === undefined) return "";
  if (depth > deepest) throw badInput(`A where nests at most ${deepest} levels deep.`);
  params.conditions += 1 + Object.keys(where).length;
  if (params.conditions > mostConditions) throw badInput(`A where has at most ${mostConditions} conditions; use in.`);
  const parts = Object.entries(where).map(([key, value]) => {
    if (value === undefined) return "";
    if (value === null)
      throw badInput(`where.${key} is null. Leave it out, or use isNull to find rows without a value.`);
    if (key === "and")
      return joined(
        (value as Where[]).map((one) => filterSql(list, one, viewer, params, depth + 1)),
        "and",
      );
    if (key === "or") {
      const branches = (value as Where[]).map((one) => filterSql(list, one, viewer, params, depth + 1) || "true");
      return branches.length === 0 ? "false" : joined(branches, "or");
    }
    if (key === "not") {
      const inner = filterSql(list, value as Where, viewer, params, depth + 1);
      return inner === "" ? "" : `(${inner}) is not true`;
    }
    return fieldSql(list, key, value as Where, viewer, params);
  });
  return joined(parts, "and");
}

/** Throws FORBIDDEN where the viewer may not select the property; otherwise its declaration. */
export function usableField(list: AnyList, property: string, viewer: Viewer): ListField {
  const field = (list.fields as Record<string, ListField>)[property];
  if (field === undefined) throw badInput(`${list.node} has no list field ${property}.`);
  if (field.visibleTo && !field.visibleTo(viewer))
    throw forbidden(
      `You may not filter, order, group or aggregate ${list.node} by ${property}: it is withheld from you.`,
    );
  return field;
}

function fieldSql(list: AnyList, property: string, filter: Where, viewer: Viewer, params: Parameters): string {
  usableField(list, property, viewer);
  return operatorsSql(
    {
      path: `where.${property}`,
      expression: `e."${list.rows.column(property)}"`,
      type: columnType(list.rows.property(property)),
      toColumn: (value) => list.rows.toColumn(property, value),
    },
    filter,
    params,
  );
}

/** A value in SQL that a filter's operators compare. */
export interface Compared {
  /** Where the filter stands, for refusals. */
  readonly path: string;
  readonly expression: string;
  readonly type: string;
  toColumn(value: unknown): unknown;
}

/** The SQL condition of one filter input (`{ gte: 1, lt: 5 }`); "" when it says nothing. Throws BAD_USER_INPUT for nulls. */
export function operatorsSql(compared: Compared, filter: Where, params: Parameters): string {
  const { path, expression: column, type, toColumn } = compared;
  const parts = Object.entries(filter).map(([operator, value]) => {
    if (value === undefined) return "";
    if (value === null)
      throw badInput(
        `${path}.${operator} is null. Leave the operator out, or use isNull to find rows without a value.`,
      );
    const one = (): string => params.add(toColumn(value), type);
    switch (operator as FilterOperator) {
      case "eq":
        return `${column} = ${one()}`;
      case "ne":
        return `${column} is distinct from ${one()}`;
      case "in":
        if ((value as unknown[]).length > mostValues) throw badInput(`${path}.in has at most ${mostValues} values.`);
        return `${column} = any(${params.add(
          (value as unknown[]).map((item) => toColumn(item)),
          `${type}[]`,
        )})`;
      case "gt":
        return `${column} > ${one()}`;
      case "gte":
        return `${column} >= ${one()}`;
      case "lt":
        return `${column} < ${one()}`;
      case "lte":
        return `${column} <= ${one()}`;
      case "contains":
        return `${column} ilike ${params.add(`%${escapeLike(value as string)}%`, "text")}`;
      case "startsWith":
        return `${column} ilike ${params.add(`${escapeLike(value as string)}%`, "text")}`;
      case "isNull":
        return `${column} is ${value === true ? "" : "not "}null`;
    }
  });
  return joined(parts, "and");
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function joined(parts: readonly string[], word: "and" | "or"): string {
  const said = parts.filter((part) => part !== "");
  return said.length > 1 ? `(${said.join(` ${word} `)})` : (said[0] ?? "");
}
