import { decodeGlobalId, isGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import type { InferEntity } from "@mikro-orm/postgresql";
import { EventEntity } from "./event.entity.ts";

/**
 * Holds an event until the end of the transaction, so that whoever else books, cancels or changes it waits, and reads
 * it as it then is. Refuses an id that is none of an event, and an event that the viewer may not see.
 */
export async function holdEvent({ em }: UseCase, id: string): Promise<InferEntity<typeof EventEntity> | Refusal> {
  if (!isGlobalId(id, "Event")) return commonRefusals.INVALID_INPUT("This is not the id of an event (evt_…).");
  await em.execute("select events.hold_event(?::uuid)", [decodeGlobalId(id, "Event").uuid]);
  return (
    (await em.findOne(EventEntity, { id }, { refresh: true })) ?? commonRefusals.NOT_FOUND(`There is no event ${id}.`)
  );
}
