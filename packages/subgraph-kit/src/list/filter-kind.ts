import type { EntityProperty } from "@mikro-orm/core";
import { UuidColumn } from "../row/global-id.type.ts";
import type { ListField } from "./list-definition.ts";

/** The filter inputs that every subgraph declares identically, and the operators of each. */
export const filterOperators = {
  ID: ["eq", "ne", "in", "isNull"],
  String: ["eq", "ne", "in", "contains", "startsWith", "isNull"],
  Int: ["eq", "ne", "in", "gt", "gte", "lt", "lte", "isNull"],
  Float: ["eq", "ne", "in", "gt", "gte", "lt", "lte", "isNull"],
  SafeInt: ["eq", "ne", "in", "gt", "gte", "lt", "lte", "isNull"],
  Boolean: ["eq", "ne", "isNull"],
  Date: ["eq", "ne", "in", "gt", "gte", "lt", "lte", "isNull"],
  DateTime: ["eq", "ne", "in", "gt", "gte", "lt", "lte", "isNull"],
} as const;

export type FilterScalar = keyof typeof filterOperators;
export const enumOperators = ["eq", "ne", "in", "isNull"] as const;
export type FilterOperator = (typeof filterOperators)[FilterScalar][number];

/** The PostgreSQL type to which a filter's or a cursor's value is cast: without a precision, which would round it. */
export function columnType(prop: EntityProperty): string {
  if (prop.customType instanceof UuidColumn) return "uuid";
  const type = prop.columnTypes[0] as string;
  return type.startsWith("varchar") ? "text" : type.replace(/\(.*\)/, "");
}

/** Which filter a property takes, from its column. Global ids kept as text are filtered as ids when so named. */
export function filterScalar(prop: EntityProperty): FilterScalar {
  const type = columnType(prop);
  if (type === "uuid" || (type === "text" && /(^id|Id)$/.test(prop.name))) return "ID";
  if (type === "boolean") return "Boolean";
  if (type === "date") return "Date";
  if (type.startsWith("timestamptz")) return "DateTime";
  if (type === "bigint") return "SafeInt";
  if (type.startsWith("int") || type === "smallint") return "Int";
  if (/^(numeric|real|double|float)/.test(type)) return "Float";
  if (type === "text") return "String";
  throw new Error(`A list can't filter or order by ${prop.name}: its column type ${type} has no filter.`);
}

/** The SDL name of a field's filter input. */
export function filterInput(field: ListField, prop: EntityProperty): string {
  return `${field.enum ?? filterScalar(prop)}Filter`;
}
