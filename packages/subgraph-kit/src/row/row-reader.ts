import { createHash } from "node:crypto";
import type { Viewer } from "@clic/identity";
import type { Pool, QueryConfig } from "pg";
import { setViewerSql, viewerSettings } from "../viewer-settings.ts";
import { rowTypes } from "./row-types.ts";

/** A statement with a text that stays the same from call to call, so that PostgreSQL prepares it once a connection. */
export interface Statement {
  readonly text: string;
  readonly name: string | undefined;
}

const prepared = new Map<string, Statement>();

/**
 * Names a statement by its text. It stays prepared on each connection until that closes, so give texts that the code
 * bounds; where callers vary them (what a list filters by), `limit` leaves those unprepared that come when this process
 * has prepared so many.
 */
export function statement(text: string, limit = Infinity): Statement {
  const known = prepared.get(text);
  if (known !== undefined) return known;
  if (prepared.size >= limit) return { text, name: undefined };
  const made = { text, name: `r${createHash("sha256").update(text).digest("hex").slice(0, 24)}` };
  prepared.set(text, made);
  return made;
}

interface Waiting {
  readonly config: QueryConfig;
  readonly resolve: (rows: never[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Told of each transaction; what it returns is told of its end. */
type Observe = (statements: number) => ((error?: unknown) => void) | undefined;

/**
 * Reads rows on behalf of one viewer. What is asked within one tick goes to PostgreSQL as one pipelined read-only
 * transaction (begin, the viewer's settings, the statements, commit): one wait however many statements, and row-level
 * security sees the viewer. Rejects with PostgreSQL's error; no connection is held between ticks. A value that its column
 * can't have fails its own statement alone; anything else fails those behind it as well.
 */
export class RowReader {
  readonly #pool: Pool;
  readonly #settings: readonly string[];
  readonly #observe: Observe;
  #waiting: Waiting[] = [];

  constructor(pool: Pool, viewer: Viewer, observe: Observe = () => undefined) {
    this.#pool = pool;
    this.#settings = viewerSettings(viewer);
    this.#observe = observe;
  }

  query<Row>(what: Statement, values: readonly unknown[]): Promise<Row[]> {
    return new Promise<Row[]>((resolve, reject) => {
      const config = {
        text: what.text,
        values: values as unknown[],
        types: rowTypes,
        ...(what.name && { name: what.name }),
      };
      this.#waiting.push({ config, resolve, reject });
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
  async #transaction(batch: readonly Waiting[]): Promise<Waiting[]> {
    const ended = this.#observe(batch.length);
    const client = await this.#pool.connect().catch((error: unknown) => {
      ended?.(error);
      throw error;
    });
    const steps = await Promise.allSettled([
      client.query("begin read only"),
      client.query({ name: "viewer", text: setViewerSql, values: [...this.#settings] }),
      ...batch.map((one) => client.query(one.config).then((result) => one.resolve(result.rows as never[]))),
      client.query("commit"),
    ]);
    const frameFailed = [steps[0], steps[1], steps.at(-1)].some((step) => step?.status === "rejected");
    // A connection whose transaction could not be framed may carry a viewer's settings: it is not reused.
    client.release(frameFailed);
    const failed = batch.filter((_, index) => steps[index + 2]?.status === "rejected");
    // The first failure is the cause; those behind it only say that the transaction is aborted.
    const cause: unknown = steps.find((step) => step.status === "rejected")?.reason;
    ended?.(cause);
    const alone = !frameFailed && isBadValue(cause);
    for (const one of alone ? failed.slice(0, 1) : failed) one.reject(cause);
    return alone ? failed.slice(1) : [];
  }
}

/** SQLSTATE class 22: a value that can't be one of its column's type. */
export function isBadValue(error: unknown): boolean {
  return String((error as { code?: unknown } | undefined)?.code).startsWith("22");
}
