import { demonstrationOrganisations, demonstrationPeople, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { MembershipEntity } from "./membership.entity.ts";

const kinds = new Map<string, string>(demonstrationOrganisations.map(({ key, kind }) => [key, kind]));

/** Loads who of the made-up people belongs where, as Organisations' own demonstration has it. Idempotent. */
export async function loadDemonstrationMemberships({ em }: UseCase): Promise<void> {
  const rows = demonstrationPeople.flatMap(({ key, memberships }) =>
    memberships.map(({ organisation, roles }) => ({
      id: seedId("Membership", `${key}/${organisation}`),
      organisationId: seedId("Organisation", organisation),
      // The one organisation of the founding facts that has made-up people.
      organisationKind: organisation === "CLIC" ? "COLLABORATIVE" : (kinds.get(organisation) ?? null),
      personId: seedId("Person", key),
      roles: [...roles],
      status: "ACTIVE",
      startsOn: "2025-01-01",
      source: "DEMO",
    })),
  );
  await loadRows(em, MembershipEntity, rows);
}
