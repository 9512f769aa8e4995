import type { EntityDefinition } from "../row/row-source.ts";

/** One table's share of a data set that is too large to be held in memory. */
export interface BulkTable {
  readonly entity: EntityDefinition;
  /** About how many rows there are, for progress. */
  readonly about: number;
  /** Every row, made as it is asked for. All rows have the properties of the first; what these lack gets the column's default. */
  rows(): Iterable<object>;
  /**
   * Triggers that are off while these rows are inserted, since the rows, or others of this data set, hold already what they
   * would compute. Whoever writes to the table meanwhile waits. A test must compare the rows with the triggers' own work.
   */
  readonly withoutTriggers?: readonly string[];
}

/** A service's share of a data set, in an order that its foreign keys allow. */
export interface BulkLoad {
  /** The first has numbered ids (`numberedGlobalId`) from 0 on, exactly `about` of them: it shows whether the data is there. */
  readonly tables: readonly BulkTable[];
  /** SQL that is run when all rows are there. */
  readonly afterwards?: readonly string[];
}

/** What a bulk load tells while it goes on. */
export interface BulkProgress {
  readonly table: string;
  /** How many have been sent. */
  readonly rows: number;
  readonly about: number;
  /** Said once, when they are all in their table. */
  readonly placed?: true;
}

/** One table that was loaded, and how long it took. */
export interface LoadedTable {
  readonly table: string;
  readonly rows: number;
  readonly seconds: number;
}

/** How a bulk load ended: the data was there before and nothing was done, or it is there now. */
export type BulkOutcome =
  | { readonly loaded: false }
  | { readonly loaded: true; readonly tables: readonly LoadedTable[]; readonly seconds: number };
