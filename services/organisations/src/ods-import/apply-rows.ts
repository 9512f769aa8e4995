import type { Client } from "pg";
import { type Lane, lanes, upper } from "./apply-lane.rules.ts";
import { applySome, refuseNext } from "./apply-some.ts";
import { inTransaction } from "./import-database.ts";

export const rowsAtOnce = 10_000;
/** What may come between the look at a row and its change: the same transaction may well succeed. */
const worthRepeating = new Set(["40001", "40P01", "23505"]);
const attempts = 4;

interface Applying {
  readonly run: string;
  readonly asAt: string;
  readonly onProgress: (rows: number) => void;
}

/**
 * Brings the rows into the directory: first those that others are below, parents first, then all others on both connections at
 * once. Some rows, their facts, what was refused of them and the place to go on at are one transaction. A row that says what is
 * known changes nothing and tells nobody.
 */
export async function applyRows(clients: readonly [Client, Client], applying: Applying): Promise<void> {
  await applyLane(clients[0], applying, upper);
  const both = await Promise.allSettled(
    lanes.map((lane, index) => applyLane(clients[index] as Client, applying, lane)),
  );
  for (const each of both) if (each.status === "rejected") throw each.reason;
}

async function applyLane(client: Client, { run, asAt, onProgress }: Applying, lane: Lane): Promise<void> {
  let size = rowsAtOnce;
  for (let failures = 0; ;) {
    try {
      const applied = await inTransaction(client, () => applySome(client, { run, asAt, lane, size }));
      if (applied === 0) return;
      onProgress(applied);
      failures = 0;
      size = Math.min(size * 2, rowsAtOnce);
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      // Somebody has moved an organisation since the rows were looked at: the row that would now close a circle is refused alone.
      if (constraint === "organisation_no_cycle") {
        if (size === 1) await inTransaction(client, () => refuseNext(client, run, lane));
        size = Math.ceil(size / 2);
      } else if (++failures === attempts || !worthRepeating.has(code ?? "")) throw error;
    }
  }
}
