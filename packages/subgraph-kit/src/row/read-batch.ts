import pg, { type Connection, type Submittable } from "pg";
import { serialize } from "pg-protocol";
import type { RowShape } from "./partial-row.ts";
import { rowParser } from "./row-types.ts";

/** A statement with a text that stays the same from call to call, so that PostgreSQL prepares it once a connection. */
export interface Statement {
  readonly text: string;
  readonly name: string | undefined;
  /** Whether the best plan depends on the parameters: PostgreSQL may then plan it anew, which costs more than to run it. */
  readonly varied: boolean;
  /** What its rows are made as, where they lack properties. */
  readonly shape?: RowShape | undefined;
}

/** A statement with its parameters, and where its rows go. */
export interface Asked {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  readonly resolve: (rows: never[]) => void;
}

interface Column {
  readonly name: string;
  /** Absent where the text is the value. */
  readonly parse: ((text: string) => unknown) | undefined;
}

/** What a connection has prepared, by name, and the columns that each answers with. */
interface Known {
  readonly columns: Map<string, readonly Column[]>;
  /** Sent to be prepared by a batch that failed: whether PostgreSQL has them is not known. */
  readonly doubtful: Set<string>;
}

const known = new WeakMap<Connection, Known>();
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => string | null } }).utils;
const textOid = 25;

/**
 * Statements that go to PostgreSQL in one write and end with one Sync, which makes them one transaction without begin
 * and commit. For `client.query`. Each statement's rows are handed out as it completes; a prepared one is described once
 * a connection. The first rows are nobody's: that statement sets who asks.
 *
 * Hazard: an error skips what stands behind it, and `done` says how many completed. What the statements set for "this
 * transaction" is gone after it, whatever happened.
 */
export class ReadBatch implements Submittable {
  /** How many statements have completed, the first included. */
  done = 0;
  callback: (error?: unknown) => void;
  readonly #asked: readonly Asked[];
  #known: Known | undefined;
  #rows: Record<string, unknown>[] = [];
  #columns: readonly Column[] | undefined;

  constructor(asked: readonly Asked[], callback: (error?: unknown) => void) {
    this.#asked = asked;
    this.callback = callback;
  }

  submit(connection: Connection): void {
    let here = known.get(connection);
    if (here === undefined) known.set(connection, (here = { columns: new Map(), doubtful: new Set() }));
    this.#known = here;
    const messages: Buffer[] = [];
    for (const name of here.doubtful) messages.push(serialize.close({ type: "S", name }));
    here.doubtful.clear();
    for (const { statement, values } of this.#asked) {
      const { name = "", text } = statement;
      // The same statement may stand in a batch twice: it is then sent to be prepared once.
      const isKnown = here.columns.has(name) || here.doubtful.has(name);
      if (!isKnown) {
        messages.push(serialize.parse({ name, text }));
        if (name !== "") here.doubtful.add(name);
      }
      messages.push(serialize.bind({ statement: name, values: values as unknown[], valueMapper: prepareValue }));
      if (!isKnown) messages.push(serialize.describe({ type: "P" }));
      messages.push(serialize.execute());
    }
    // As one buffer: a stream has work to do for each.
    connection.stream.cork();
    connection.stream.write(Buffer.concat(messages));
    connection.sync();
    connection.stream.uncork();
  }

  handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: dataTypeID === textOid ? undefined : rowParser(dataTypeID),
    }));
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#columns ??= this.#known?.columns.get(this.#current().statement.name ?? "") ?? [];
    const { shape } = this.#current().statement;
    const row: Record<string, unknown> = shape === undefined ? {} : new shape();
    let index = 0;
    for (const { name, parse } of this.#columns) {
      const text = fields[index++] ?? null;
      row[name] = text === null || parse === undefined ? text : parse(text);
    }
    this.#rows.push(row);
  }

  handleCommandComplete(): void {
    const { statement, resolve } = this.#current();
    if (statement.name !== undefined && this.#columns !== undefined) {
      this.#known?.columns.set(statement.name, this.#columns);
      this.#known?.doubtful.delete(statement.name);
    }
    resolve(this.#rows as never[]);
    this.done++;
    this.#rows = [];
    this.#columns = undefined;
  }

  handleReadyForQuery(): void {
    this.callback();
  }

  handleError(error: unknown): void {
    this.callback(error);
  }

  #current(): Asked {
    return this.#asked[this.done] as Asked;
  }
}
