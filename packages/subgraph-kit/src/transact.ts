import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Viewer } from "@clic/identity";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { UseCase } from "./context.ts";
import { setViewerSql, viewerSettings } from "./viewer-settings.ts";

/** SQLSTATEs after which the same transaction may well succeed: nothing of it was kept. */
const worthRepeating = new Set(["40001", "40P01"]);
const attempts = 4;

/** Thrown inside a use case to return a refusal and keep nothing of what was written so far. */
export class Rollback extends Error {
  readonly refusal: unknown;
  constructor(refusal: unknown) {
    super("rolled back");
    this.refusal = refusal;
  }
}

/** Ends the use case with this refusal and undoes what it wrote. */
export function rollback(refusal: unknown): never {
  throw new Rollback(refusal);
}

/**
 * Runs a use case as one transaction on a fork of its own, under row-level security for the viewer. A deadlock or a
 * serialisation failure is repeated up to three times, so `work` must have no effect outside its transaction.
 * Rejects with what `work` throws; nothing is then written.
 */
export async function transact<Result>(
  em: EntityManager,
  viewer: Viewer,
  now: Date,
  work: (useCase: UseCase) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await em.fork().transactional(async (fork) => {
        await fork.execute(setViewerSql.replace(/\$\d/g, "?"), viewerSettings(viewer));
        return await work({ em: fork, viewer, now });
      });
    } catch (error) {
      if (error instanceof Rollback) return error.refusal as Result;
      if (attempt === attempts || !worthRepeating.has(String((error as { code?: unknown }).code))) throw error;
      await delay(randomInt(5, 20 * attempt));
    }
  }
}
