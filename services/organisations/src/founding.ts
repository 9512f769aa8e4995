import { founding, seedId, workstreams } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { MembershipEntity } from "./membership/membership.entity.ts";
import { OrganisationEntity } from "./organisation/organisation.entity.ts";
import type { OrganisationKind } from "./organisation/organisation.rules.ts";
import { PersonEntity } from "./person/person.entity.ts";
import { SecondmentEntity } from "./secondment/secondment.entity.ts";
import { WorkItemEntity, WorkItemWorkstreamEntity } from "./work-item/work-item.entity.ts";
import { foundingWorkItemId, foundingWorkItems } from "./work-item/founding-work-items.ts";
import { WorkstreamEntity } from "./workstream/workstream.entity.ts";

const source = "FOUNDING";

// Only what the facts themselves say: a name ("… Council") or a role. Null where that would take other knowledge.
const kinds: Readonly<Record<string, OrganisationKind>> = {
  CLIC: "COLLABORATIVE",
  ALLIANCE: "ALLIANCE",
  CCG: "CCG",
  CCC: "COUNCIL",
  NICE: "PUBLISHER",
  BLUESTREAM: "SUPPLIER",
};

const organisation = {
  odsCode: null,
  status: null,
  reportedStatus: null,
  parentId: null,
  succeededById: null,
  validFrom: null,
  validTo: null,
  base: null,
  source,
} as const;

/** The founding report's organisations, people, secondments, workstreams and work. What it does not state is null. */
export async function loadFounding({ em }: UseCase): Promise<void> {
  const rows = founding.organisations.map((one) => ({
    ...organisation,
    id: seedId("Organisation", one.key),
    name: one.name,
    kind: kinds[one.key] ?? null,
    base: one.base ?? null,
  }));
  const units = founding.organisations.flatMap((one) =>
    one.unit === undefined
      ? []
      : [
          {
            ...organisation,
            id: seedId("Organisation", `${one.key}/${one.unit}`),
            name: one.unit,
            kind: "UNIT",
            parentId: seedId("Organisation", one.key),
          },
        ],
  );
  await loadRows(em, OrganisationEntity, rows);
  await loadRows(em, OrganisationEntity, units);
  await loadPeople(em);
  await loadRows(
    em,
    WorkstreamEntity,
    workstreams.map(({ code, name }) => ({ id: seedId("Workstream", code), code, name, source })),
  );
  await loadRows(
    em,
    WorkItemEntity,
    founding.workItems.map((one) => ({
      id: foundingWorkItemId(one.key),
      type: foundingWorkItems[one.key]?.type,
      title: one.title,
      strategy: one.strategy,
      reportedStatus: one.reportedStatus,
      reportedWhen: one.reportedWhen,
      source,
    })),
  );
  const pairs = founding.workItems.flatMap(({ key }) =>
    (foundingWorkItems[key]?.workstreams ?? []).map((code) => ({
      workItemId: foundingWorkItemId(key),
      workstreamId: seedId("Workstream", code),
      source,
    })),
  );
  await loadRows(em, WorkItemWorkstreamEntity, pairs);
}

async function loadPeople(em: UseCase["em"]): Promise<void> {
  const rows = founding.people.map((one) => ({
    id: seedId("Person", one.key),
    displayName: one.name,
    reportedRole: one.role,
    source,
  }));
  await loadRows(em, PersonEntity, rows);
  // `since` is when somebody joined the organisation they came from, or when a secondee left it for CLIC.
  const isSecondee = (role: string): boolean => role === "secondee";
  const memberships = founding.people.flatMap((one) =>
    one.from.map((key) => ({
      id: seedId("Membership", `${one.key}/${key}`),
      organisationId: seedId("Organisation", key),
      personId: seedId("Person", one.key),
      roles: [],
      status: null,
      isPrimary: true,
      reportedStart: isSecondee(one.role) ? null : one.since,
      source,
    })),
  );
  await loadRows(em, MembershipEntity, memberships);
  const secondments = founding.people
    .filter(({ role }) => isSecondee(role))
    .flatMap((one) =>
      one.from.map((key) => ({
        id: seedId("Secondment", `${one.key}/${key}`),
        personId: seedId("Person", one.key),
        homeId: seedId("Organisation", key),
        hostId: seedId("Organisation", "CLIC"),
        reportedStart: one.since,
        source,
      })),
    );
  await loadRows(em, SecondmentEntity, secondments);
}
