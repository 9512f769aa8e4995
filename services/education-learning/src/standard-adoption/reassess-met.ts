import type { EntityManager } from "@mikro-orm/postgresql";
import { StandardAdoptionEntity } from "./standard-adoption.entity.ts";
import { afterRevision } from "./standard-adoption.rules.ts";

/** Asks every organisation that met a standard to assess again. The caller holds the standard's row. */
export async function reassessMet(em: EntityManager, standardId: string): Promise<void> {
  await em.nativeUpdate(StandardAdoptionEntity, { standardId, status: "MET" }, { status: afterRevision("MET") });
}
