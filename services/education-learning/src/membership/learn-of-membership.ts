import type { FactOf, membershipChanged } from "@clic/bus";
import { decodeGlobalId } from "@clic/global-id";
import type { EntityManager } from "@mikro-orm/postgresql";

/** Keeps the newer copy of a membership of Organisations, whichever fact comes first. Throws MalformedGlobalId for foreign ids. */
export async function learnOfMembership(
  { data, occurredAt }: FactOf<typeof membershipChanged>,
  em: EntityManager,
): Promise<void> {
  await em.execute(
    `insert into education_learning.membership as m
       (id, organisation_id, organisation_kind, person_id, roles, status, starts_on, ends_on, known_at)
     select ?::uuid, ?::uuid, ?, ?::uuid, array(select jsonb_array_elements_text(?::jsonb)), ?, ?::date, ?::date, ?::timestamptz
     on conflict (id) do update set organisation_id = excluded.organisation_id, organisation_kind = excluded.organisation_kind,
       person_id = excluded.person_id, roles = excluded.roles, status = excluded.status, starts_on = excluded.starts_on,
       ends_on = excluded.ends_on, known_at = excluded.known_at
     where m.known_at is null or m.known_at < excluded.known_at`,
    [
      decodeGlobalId(data.membershipId, "Membership").uuid,
      decodeGlobalId(data.organisationId, "Organisation").uuid,
      data.organisationKind,
      decodeGlobalId(data.personId, "Person").uuid,
      JSON.stringify(data.roles),
      data.status,
      data.startsOn,
      data.endsOn,
      occurredAt,
    ],
  );
}
