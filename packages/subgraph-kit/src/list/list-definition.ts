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
   * What the row policy leaves of the rows for this viewer, as SQL for the alias `e` that an index can serve; "" where it
   * leaves them all. PostgreSQL asks a policy of every row: for who sees few of them it would read the whole table. Texts are
   * prepared, so that there must be few.
   *
   * Hazard: it never shows more than the policy, but it hides what it leaves out. `walkListReach` of `subgraph-testing`
   * holds the two to each other.
   */
  readonly reach?: (viewer: Viewer) => string;
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
