import type { Viewer } from "@clic/identity";
import type { RowSource } from "../row/row-source.ts";

/** What may be done with one property of a listed entity, and by whom. */
export interface ListField {
  /** May be named in `where`. */
  readonly filter?: true;
  /** May be named in `orderBy`; the least and the greatest of a number or time may then be asked for as well. */
  readonly order?: true;
  /** May be grouped by; a time in buckets. */
  readonly group?: true;
  /** A number that may be summed and averaged. */
  readonly sum?: true;
  /** The SDL enum of the property's values, where it is one: its filter is then `<Enum>Filter`. */
  readonly enum?: string;
  /** Who may select it, and so filter, order, group and aggregate by it. Everybody when absent. */
  readonly visibleTo?: (viewer: Viewer) => boolean;
}

export interface ListOrder {
  readonly property: string;
  readonly direction: "ASC" | "DESC";
}

/**
 * One declaration beside an entity: the SDL inputs and connection types are printed from it, and the query runs by it.
 */
export interface ListDefinition<Type extends object = object> {
  readonly rows: RowSource<Type>;
  /** The GraphQL type of a node; inputs and connections are named after it. */
  readonly node: string;
  readonly fields: { readonly [Property in keyof Type & string]?: ListField };
  /** The order when the caller names none; the id is always added, so that it is total. */
  readonly defaultOrder: readonly ListOrder[];
  /**
   * The properties that the resolvers of a node's fields take of it, by field. A page then reads what is selected and no
   * more; a field with a resolver that is not named here makes it read whole rows. A resolver that takes another property
   * fails, rather than find it missing.
   */
  readonly needs?: { readonly [Field: string]: readonly (keyof Type & string)[] };
  /**
   * Names the connection where this subgraph lists a node that another subgraph owns. Default: `<Node>Connection`.
   */
  readonly connection?: string;
}

/** Checks the declaration's types; returns it as it is. */
export function defineList<Type extends object>(definition: ListDefinition<Type>): ListDefinition<Type> {
  return definition;
}

/** `startsAt` → `STARTS_AT`, as order enums spell it. */
export function orderName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** A declaration whose rows may be of any type: lists of different rows stand side by side. */
// oxlint-disable-next-line typescript/no-explicit-any -- the row type is invariant, and here it does not matter
export type AnyList = ListDefinition<any>;
