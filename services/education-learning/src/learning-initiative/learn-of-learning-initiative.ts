import type { FactOf, supportRequestAccepted, workItemRegistered } from "@clic/bus";
import { decodeGlobalId } from "@clic/global-id";
import type { EntityManager } from "@mikro-orm/postgresql";

type WorkItemFact = FactOf<typeof supportRequestAccepted> | FactOf<typeof workItemRegistered>;

/**
 * Takes up a learning initiative that Organisations has made. Of one that is known already it keeps the newer copies of what
 * Organisations owns, and changes nothing else. Throws MalformedGlobalId for foreign ids.
 */
export async function learnOfLearningInitiative({ data, occurredAt }: WorkItemFact, em: EntityManager): Promise<void> {
  if (data.workItemType !== "LearningInitiative") return;
  const { workItemId, title, status, leadOrganisationId: lead } = data;
  const [request, source] = "supportRequestId" in data ? [data.supportRequestId, data.source] : [null, "USER"];
  await em.execute(
    `insert into education_learning.learning_initiative as known
       (id, support_request_id, title, lead_organisation_id, status, known_at, taken_up_at, source)
     values (?, ?, ?, ?, ?, ?::timestamptz, now(), ?)
     on conflict (id) do update set title = excluded.title, lead_organisation_id = excluded.lead_organisation_id,
       status = excluded.status, known_at = excluded.known_at
     where known.known_at is null or known.known_at < excluded.known_at`,
    [
      decodeGlobalId(workItemId, "LearningInitiative").uuid,
      request === null ? null : decodeGlobalId(request, "SupportRequest").uuid,
      title,
      lead === null ? null : decodeGlobalId(lead, "Organisation").uuid,
      status,
      occurredAt,
      source,
    ],
  );
}
