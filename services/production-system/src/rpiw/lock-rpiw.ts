import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { RpiwEntity } from "./rpiw.entity.ts";
import { mayDeliver } from "./rpiw.rules.ts";

/**
 * The RPIW under a row lock, for a viewer who may deliver it; a refusal otherwise. Every change of an RPIW, its metrics,
 * readings and reviews begins here, so that such changes come one after the other.
 */
export async function lockRpiw({ em, viewer }: UseCase, id: string) {
  const notFound = commonRefusals.NOT_FOUND("There is no such RPIW here.");
  if (!isGlobalId(id, "Rpiw")) return notFound;
  // Row-level security hides from the lock what the viewer may not change, so null is not yet "not found".
  const rpiw = await em.findOne(RpiwEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (rpiw !== null && mayDeliver(viewer, rpiw)) return rpiw;
  if (rpiw === null && (await em.count(RpiwEntity, { id })) === 0) return notFound;
  return commonRefusals.NOT_ALLOWED("Only the office and the RPIW's process owner change it.");
}
