import { createHash } from "node:crypto";
import type { Viewer } from "@clic/identity";
import type { Pool, PoolClient, QueryConfig } from "pg";
import { setViewerSql, viewerSettings } from "../viewer-settings.ts";
import { rowTypes } from "./row-types.ts";

/** A statement with a text that stays the same from call to call, so that PostgreSQL prepares it once a connection. */
export interface Statement {
  readonly text: string;
  readonly name: string | undefined;
}

const maximumPrepared = 500;
const prepared = new Map<string, Statement>();

/**
 * Names a statement by its text. At most 500 texts a process are prepared: the texts of lists vary with what
 * callers filter by, and a prepared statement is kept by each connection until it closes.
 */
export function statement(text: string): Statement {
  const known = prepared.get(text);
  if (known !== undefined) return known;
  if (prepared.size >= maximumPrepared) return { text, name: undefined };
  const made = { text, name: `r${createHash("sha256").update(text).digest("hex").slice(0, 24)}` };
  prepared.set(text, made);
  return made;
}

interface Waiting {
  readonly config: QueryConfig;
  readonly resolve: (rows: never[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads rows on behalf of one viewer. What is asked within one tick goes to PostgreSQL as one pipelined read-only
 * transaction (begin, the viewer's settings, the statements, commit): one wait however many statements, and row-level
 * security sees the viewer. Rejects with PostgreSQL's error; no connection is held between ticks.
 */
export class RowReader {
  readonly #pool: Pool;
  readonly #viewer: Viewer;
  readonly #observe: (statements: number) => void;
  #waiting: Waiting[] = [];

  constructor(pool: Pool, viewer: Viewer, observe: (statements: number) => void = () => undefined) {
    this.#pool = pool;
    this.#viewer = viewer;
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
    const batch = this.#waiting;
    this.#waiting = [];
    this.#observe(batch.length);
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      for (const one of batch) one.reject(error);
      return;
    }
    const steps: Promise<unknown>[] = [
      client.query("begin read only"),
      client.query({ name: "viewer", text: setViewerSql, values: viewerSettings(this.#viewer) }),
      ...batch.map((one) =>
        client.query(one.config).then(
          (result) => one.resolve(result.rows as never[]),
          (error: unknown) => one.reject(error),
        ),
      ),
      client.query("commit"),
    ];
    const settled = await Promise.allSettled(steps);
    const frame = [settled[0], settled[1], settled.at(-1)].find((step) => step?.status === "rejected");
    // A connection whose transaction could not be framed may carry a viewer's settings: it is not reused.
    client.release(frame?.status === "rejected" ? (frame.reason as Error) : undefined);
  }
}
