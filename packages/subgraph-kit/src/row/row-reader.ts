import { createHash } from "node:crypto";
import type { Viewer } from "@clic/identity";
import type { Pool } from "pg";
import { readAsViewerSql, viewerSettings } from "../viewer-settings.ts";
import { type Asked, ReadBatch, type Statement } from "./read-batch.ts";

interface StatementOptions extends Partial<Pick<Statement, "varied" | "shape">> {
  readonly limit?: number;
}

const prepared = new Map<string, Statement>();

/**
 * Names a statement by its text. It stays prepared on each connection until that closes, so give texts that the code
 * bounds; where callers vary them (what a list filters by), `limit` leaves those unprepared that come when this process
 * has prepared so many. It is planned once, whatever its parameters, unless it is `varied`.
 */
export function statement(text: string, options: StatementOptions = {}): Statement {
  const known = prepared.get(text);
  if (known !== undefined) return known;
  const { limit = Infinity, varied = false, shape } = options;
  if (prepared.size >= limit) return { text, name: undefined, varied, shape };
  const made = { text, name: `r${createHash("sha256").update(text).digest("hex").slice(0, 24)}`, varied, shape };
  prepared.set(text, made);
  return made;
}

const asViewer = statement(readAsViewerSql);

interface Waiting extends Asked {
  readonly reject: (error: unknown) => void;
}

/** Told of each transaction; what it returns is told of its end. */
type Observe = (statements: number) => ((error?: unknown) => void) | undefined;

/**
 * Reads rows on behalf of one viewer. What is asked within one tick goes to PostgreSQL in one write, as one read-only
 * transaction that begins with the viewer's settings: one wait however many statements, and row-level security sees the
 * viewer. Rejects with PostgreSQL's error; no connection is held between ticks. A value that its column can't have fails
 * its own statement alone; anything else fails those behind it as well.
 */
export class RowReader {
  readonly #pool: Pool;
  readonly #viewer: Viewer;
  readonly #observe: Observe;
  #settings: readonly string[] | undefined;
  #waiting: Waiting[] = [];

  constructor(pool: Pool, viewer: Viewer, observe: Observe = () => undefined) {
    this.#pool = pool;
    this.#viewer = viewer;
    this.#observe = observe;
  }

  query<Row>(what: Statement, values: readonly unknown[]): Promise<Row[]> {
    return new Promise<Row[]>((resolve, reject) => {
      this.#waiting.push({ statement: what, values, resolve, reject });
      if (this.#waiting.length === 1) process.nextTick(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    let batch = this.#waiting;
    this.#waiting = [];
    try {
      while (batch.length > 0) batch = await this.#transaction(batch);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }

  /** Answers what it can. Returns what stood behind a statement with a bad value, to be asked again without it. */
  async #transaction(batch: Waiting[]): Promise<Waiting[]> {
    const ended = this.#observe(batch.length);
    try {
      const { left, error } = await this.#send(batch);
      ended?.(error);
      return left;
    } catch (error) {
      ended?.(error);
      throw error;
    }
  }

  async #send(batch: Waiting[]): Promise<{ left: Waiting[]; error?: unknown }> {
    this.#settings ??= viewerSettings(this.#viewer);
    const planning = batch.some(({ statement }) => statement.varied) ? "auto" : "force_generic_plan";
    const settings = { statement: asViewer, values: [...this.#settings, planning], resolve: () => undefined };
    const client = await this.#pool.connect();
    const { promise, resolve } = Promise.withResolvers<{ done: number; error?: unknown }>();
    const sent = new ReadBatch([settings, ...batch], (error) => resolve({ done: sent.done, error }));
    try {
      client.query(sent);
    } catch (error) {
      client.release(true);
      throw error;
    }
    const { done, error } = await promise;
    if (error == null) {
      client.release();
      return { left: [] };
    }
    // Whether the connection outlives the error, and has left the transaction behind, it says by answering once more.
    await client.query("").then(
      () => client.release(),
      () => client.release(true),
    );
    const failed = batch.slice(Math.max(0, done - 1));
    // The first failure is the cause; those behind it were not even tried.
    const alone = done > 0 && isBadValue(error);
    for (const one of alone ? failed.slice(0, 1) : failed) one.reject(error);
    return { left: alone ? failed.slice(1) : [], error };
  }
}

/** SQLSTATE class 22: a value that can't be one of its column's type. */
export function isBadValue(error: unknown): boolean {
  return String((error as { code?: unknown } | undefined)?.code).startsWith("22");
}
