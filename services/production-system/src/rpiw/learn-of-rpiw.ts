import type { FactOf, supportRequestAccepted, workItemRegistered } from "@clic/bus";
import { decodeGlobalId, newUuid } from "@clic/global-id";
import type { EntityManager } from "@mikro-orm/postgresql";
import { decodeLead, sourceOf } from "./work-item.rules.ts";

export type WorkItemFact = FactOf<typeof supportRequestAccepted> | FactOf<typeof workItemRegistered>;

/**
 * Gives an RPIW that Organisations has made its delivery detail, in phase PROPOSED. Of one that is known already it
 * keeps the newer copies of what Organisations owns, and changes nothing else. Throws MalformedGlobalId for foreign ids.
 */
export async function learnOfRpiw(fact: WorkItemFact, em: EntityManager): Promise<void> {
  const { data } = fact;
  if (data.workItemType !== "Rpiw") return;
  const id = decodeGlobalId(data.workItemId, "Rpiw").uuid;
  const source = sourceOf(data);
  const made = await em.execute<{ made: boolean }[]>(
    `insert into production_system.rpiw as r (id, title, lead_organisation_id, status, known_at, phase, source)
     values (?, ?, ?, ?, ?::timestamptz, 'PROPOSED', ?)
     on conflict (id) do update set title = excluded.title, lead_organisation_id = excluded.lead_organisation_id,
       status = excluded.status, known_at = excluded.known_at
     where r.known_at is null or r.known_at < excluded.known_at
     returning (xmax = 0) as made`,
    [id, data.title, decodeLead(data.leadOrganisationId), data.status, fact.occurredAt, source],
  );
  if (made[0]?.made !== true) return;
  await em.execute(
    `insert into production_system.rpiw_phase_change (id, rpiw_id, phase, changed_at, source)
     values (?, ?, 'PROPOSED', ?::timestamptz, ?)`,
    [newUuid(), id, fact.occurredAt, source],
  );
}
