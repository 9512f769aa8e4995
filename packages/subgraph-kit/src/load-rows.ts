import type { EntityManager } from "@mikro-orm/postgresql";

/**
 * Inserts what is not there yet, by id: loading twice changes nothing, and what somebody has edited since stays.
 * A row that another unique constraint refuses is skipped as well: somebody's own has its place.
 * @param rows every property without a database default
 */
export async function loadRows(em: EntityManager, entity: object, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 500) {
    const batch = rows.slice(start, start + 500);
    await em
      .createQueryBuilder(entity as never)
      .insert(batch as never)
      .onConflict()
      .ignore()
      .execute("run");
  }
}
