import type { Viewer } from "@clic/identity";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { RowReader } from "./row/row-reader.ts";

/** What a resolver has: on whose behalf, how to read, how to change. Never a token. */
export interface GraphContext {
  readonly viewer: Viewer;
  readonly now: Date;
  /** Where people's own software reaches this service's routes beside GraphQL; without a slash at the end. */
  readonly publicUrl: string;
  /** Reads rows on behalf of the viewer; see RowReader. */
  readonly reads: RowReader;
  /** Runs one use case in one transaction on behalf of the viewer; see `transact`. */
  transact<Result>(work: (useCase: UseCase) => Promise<Result>): Promise<Result>;
}

/** What a use case takes. `em` is a fork of its own, inside the transaction. */
export interface UseCase {
  readonly em: EntityManager;
  readonly viewer: Viewer;
  readonly now: Date;
}

/** Another service's thing, or one of which only the id is known so far. */
export interface Reference {
  readonly id: string;
}
