import { createHash } from "node:crypto";
import type { Viewer } from "@clic/identity";
import { badInput } from "../errors/coded-error.ts";
import { columnType } from "./filter-kind.ts";
import { usableField } from "./filter.ts";
import { orderName, type AnyList } from "./list-definition.ts";
import type { Parameters } from "./parameters.ts";

/** One key of a total order, resolved to its column. */
export interface OrderKey {
  readonly property: string;
  readonly column: string;
  readonly type: string;
  readonly descending: boolean;
  readonly nullable: boolean;
  readonly nullsFirst: boolean;
}

export interface OrderInput {
  readonly field: string;
  readonly direction?: "ASC" | "DESC" | null;
  readonly nulls?: "FIRST" | "LAST" | null;
}

const mostOrders = 20;

/** Throws BAD_USER_INPUT for an order of more than 20 keys, which would only cost. */
export function boundOrder(asked: readonly object[]): void {
  if (asked.length > mostOrders) throw badInput(`orderBy takes at most ${mostOrders} keys.`);
}

/** The total order of a page: what the caller asked for, or the default, and the id last. */
export function orderKeys(list: AnyList, input: readonly OrderInput[] | null | undefined, viewer: Viewer): OrderKey[] {
  boundOrder(input ?? []);
  const asked = input?.length
    ? input.map((one) => ({
        property: propertyOf(list, one.field),
        descending: one.direction === "DESC",
        nullsFirst: one.nulls === "FIRST",
      }))
    : list.defaultOrder.map((one) => ({
        property: one.property,
        descending: one.direction === "DESC",
        nullsFirst: false,
      }));
  const id = { property: "id", descending: asked.at(-1)?.descending ?? false, nullsFirst: false };
  // A key named again breaks no tie, and nothing does behind the id.
  const total = [...asked, id].filter(
    (one, index, all) => all.findIndex(({ property }) => property === one.property) === index,
  );
  return total.map(({ property, descending, nullsFirst }) => {
    if (property !== "id") usableField(list, property, viewer);
    const prop = list.rows.property(property);
    return {
      property,
      column: `e."${list.rows.column(property)}"`,
      type: columnType(prop),
      descending,
      nullable: prop.nullable === true,
      nullsFirst,
    };
  });
}

function propertyOf(list: AnyList, field: string): string {
  const property = Object.keys(list.fields).find((name) => orderName(name) === field);
  if (property === undefined) throw badInput(`${list.node} can't be ordered by ${field}.`);
  return property;
}

/** The `order by` of the keys; reversed for pages that are read backwards. */
export function orderSql(keys: readonly OrderKey[], reversed: boolean): string {
  return keys
    .map((key) => {
      const descending = key.descending !== reversed;
      const nullsFirst = key.nullsFirst !== reversed;
      // PostgreSQL's own default needs no words, and an index then fits without any.
      const nulls = !key.nullable || nullsFirst === descending ? "" : nullsFirst ? " nulls first" : " nulls last";
      return `${key.column}${descending ? " desc" : ""}${nulls}`;
    })
    .join(", ");
}

/** Rows strictly behind the cursor's values in the order of the keys (in front of them when reversed). */
export function keysetSql(
  keys: readonly OrderKey[],
  values: readonly (string | null)[],
  reversed: boolean,
  params: Parameters,
): string {
  const first = keys[0] as OrderKey;
  const uniform = keys.every((key) => !key.nullable && key.descending === first.descending);
  if (uniform) {
    const operator = first.descending !== reversed ? "<" : ">";
    const places = keys.map((key, index) => params.add(values[index], key.type));
    return `(${keys.map((key) => key.column).join(", ")}) ${operator} (${places.join(", ")})`;
  }
  const branches = keys.map((_, last) => {
    const parts = keys.slice(0, last + 1).map((key, index) => {
      const value = values[index] ?? null;
      if (index < last)
        return value === null ? `${key.column} is null` : `${key.column} = ${params.add(value, key.type)}`;
      return behind(key, value, reversed, params);
    });
    return `(${parts.join(" and ")})`;
  });
  return `(${branches.join(" or ")})`;
}

function behind(key: OrderKey, value: string | null, reversed: boolean, params: Parameters): string {
  const nullsFirst = key.nullsFirst !== reversed;
  if (value === null) return nullsFirst ? `${key.column} is not null` : "false";
  const operator = key.descending !== reversed ? "<" : ">";
  const beyond = `${key.column} ${operator} ${params.add(value, key.type)}`;
  return key.nullable && !nullsFirst ? `(${beyond} or ${key.column} is null)` : beyond;
}

/** Cursors carry the place in one order of one list; used with another order they are refused, not misread. */
export function orderSignature(list: AnyList, keys: readonly OrderKey[]): string {
  const text = `${list.node} ${orderSql(keys, false)} ${keys.map((key) => key.nullsFirst).join()}`;
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}

/** Whether a row's own value is as exact as its column: else a page selects the key as text beside it, as `__k0` and so on. */
export function isExact({ type }: OrderKey): boolean {
  return type !== "numeric";
}

/** The place of a row in the order of the keys, as its columns' texts. */
export function placeOf(list: AnyList, keys: readonly OrderKey[], row: object): (string | null)[] {
  return keys.map((key, index) => {
    const value: unknown = Reflect.get(row, isExact(key) ? key.property : `__k${index}`);
    return value == null ? null : String(list.rows.toColumn(key.property, value));
  });
}

export function encodeCursor(signature: string, values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([signature, ...values])).toString("base64url");
}

/** Throws BAD_USER_INPUT for a text that is no cursor of this list in this order. */
export function decodeCursor(cursor: string, signature: string, keys: readonly OrderKey[]): (string | null)[] {
  const refused = badInput(
    "This cursor is not one of this list in this order. Take cursors from the same query's answer.",
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw refused;
  }
  if (!Array.isArray(parsed) || parsed.length !== keys.length + 1 || parsed[0] !== signature) throw refused;
  const values = parsed.slice(1) as unknown[];
  const fits = values.every((value, index) => (value === null ? keys[index]?.nullable : typeof value === "string"));
  if (!fits) throw refused;
  return values as (string | null)[];
}
