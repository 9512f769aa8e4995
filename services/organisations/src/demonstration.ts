import { deterministicUuid } from "@clic/global-id";
import {
  demonstrationOrganisations,
  demonstrationPeople,
  demonstrationPriorities,
  demonstrationWorkItems,
  developmentUsers,
  seedId,
} from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { AccountEntity } from "./account/account.entity.ts";
import { loadDemonstrationAssessments } from "./assessment/demonstration-assessments.ts";
import { loadDemonstrationBudget } from "./budget/demonstration-budget.ts";
import { loadDemonstrationCriteria } from "./criteria-set/demonstration-criteria.ts";
import { MembershipEntity } from "./membership/membership.entity.ts";
import { OrganisationEntity } from "./organisation/organisation.entity.ts";
import { PersonEntity } from "./person/person.entity.ts";
import { PriorityEntity } from "./priority/priority.entity.ts";
import { SecondmentEntity } from "./secondment/secondment.entity.ts";
import { demonstrationSupportRequests, requestOf } from "./support-request/demonstration-requests.ts";
import { SupportRequestEntity } from "./support-request/support-request.entity.ts";
import { StatusChangeEntity } from "./work-item/status-change.entity.ts";
import { WorkItemEntity, WorkItemPriorityEntity, WorkItemWorkstreamEntity } from "./work-item/work-item.entity.ts";

const source = "DEMO";
const since = new Date("2026-01-12T09:00:00Z");

const onThisMachine = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Everything made up that Organisations holds, and the accounts of the development users at this issuer, if it is one on
 * this machine: elsewhere somebody real could be "office", and would be the office. Needs the founding load before it:
 * some of the made-up work is led by founding organisations.
 */
export function demonstrationLoad(options: { readonly issuer: string }): (useCase: UseCase) => Promise<void> {
  return async (useCase) => {
    const { em } = useCase;
    await loadDirectory(em);
    if (onThisMachine.has(new URL(options.issuer).hostname)) await loadAccounts(em, options.issuer);
    await loadRows(
      em,
      PriorityEntity,
      demonstrationPriorities.map(({ code, title }) => ({ id: seedId("Priority", code), code, title, source })),
    );
    await loadDemonstrationCriteria(useCase);
    await loadRows(em, SupportRequestEntity, demonstrationSupportRequests());
    await loadDemonstrationAssessments(useCase);
    await loadWorkProgramme(em);
    await loadDemonstrationBudget(useCase);
  };
}

async function loadDirectory(em: UseCase["em"]): Promise<void> {
  const organisations = demonstrationOrganisations.map((one) => ({
    id: seedId("Organisation", one.key),
    name: one.name,
    kind: one.kind,
    odsCode: one.odsCode,
    status: "ACTIVE",
    source,
  }));
  await loadRows(em, OrganisationEntity, organisations);
  await loadRows(
    em,
    PersonEntity,
    demonstrationPeople.map((one) => ({ id: seedId("Person", one.key), displayName: one.displayName, source })),
  );
  const memberships = demonstrationPeople.flatMap((person) =>
    person.memberships.map((one, index) => ({
      id: seedId("Membership", `${person.key}/${one.organisation}`),
      organisationId: seedId("Organisation", one.organisation),
      personId: seedId("Person", person.key),
      roles: [...one.roles],
      status: "ACTIVE",
      isPrimary: index === 0,
      startsOn: "2025-01-01",
      source,
    })),
  );
  await loadRows(em, MembershipEntity, memberships);
  const secondments = developmentUsers.flatMap(({ key, memberships: [home, host] }) =>
    home === undefined || host === undefined
      ? []
      : [
          {
            id: seedId("Secondment", key),
            personId: seedId("Person", key),
            homeId: seedId("Organisation", home.organisation),
            hostId: seedId("Organisation", host.organisation),
            startsOn: "2026-01-01",
            endsOn: "2027-12-31",
            source,
          },
        ],
  );
  await loadRows(em, SecondmentEntity, secondments);
}

async function loadAccounts(em: UseCase["em"], issuer: string): Promise<void> {
  const people = developmentUsers.map(({ key }) => ({
    id: seedId("Account", `${issuer} ${key}`),
    issuer,
    subject: key,
    kind: "PERSON",
    personId: seedId("Person", key),
    clientId: null,
    source,
  }));
  const client = {
    id: seedId("Account", `${issuer} clic-machine`),
    issuer,
    subject: "clic-machine",
    kind: "CLIENT",
    personId: null,
    clientId: "clic-machine",
    source,
  };
  await loadRows(em, AccountEntity, [...people, client]);
}

async function loadWorkProgramme(em: UseCase["em"]): Promise<void> {
  const items = demonstrationWorkItems.map((one) => ({ ...one, id: seedId(one.type, one.key) }));
  const rows = items.map((one) => ({
    id: one.id,
    type: one.type,
    title: one.title,
    strategy: one.strategy,
    status: one.status,
    statusSince: since,
    leadOrganisationId: seedId("Organisation", one.leadOrganisation),
    supportRequestId: requestOf(one.key),
    source,
  }));
  await loadRows(em, WorkItemEntity, rows);
  const history = items.map(({ id, status }) => ({
    id: deterministicUuid("WorkItemStatusChange" as never, id),
    workItemId: id,
    fromStatus: null,
    toStatus: status,
    changedAt: since,
    source,
  }));
  await loadRows(em, StatusChangeEntity, history);
  await loadRows(
    em,
    WorkItemPriorityEntity,
    items.flatMap(({ id, priorities }) =>
      priorities.map((code) => ({ workItemId: id, priorityId: seedId("Priority", code), source })),
    ),
  );
  await loadRows(
    em,
    WorkItemWorkstreamEntity,
    items.flatMap(({ id, workstreams }) =>
      workstreams.map((code) => ({ workItemId: id, workstreamId: seedId("Workstream", code), source })),
    ),
  );
}
