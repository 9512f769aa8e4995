import { demonstrationPeople, demonstrationWorkItems, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { EnrolmentEntity } from "./enrolment/enrolment.entity.ts";
import type { EnrolmentStatus } from "./enrolment/enrolment.rules.ts";
import { demonstrationLeadershipInitiatives } from "./leadership-initiative/demonstration-leadership-initiatives.ts";
import { LeadershipInitiativeEntity } from "./leadership-initiative/leadership-initiative.entity.ts";
import { CohortEntity, ProgrammeEntity } from "./programme/programme.entity.ts";

const source = "DEMO";
const states: readonly EnrolmentStatus[] = ["COMPLETED", "ENROLLED", "ENROLLED", "OFFERED", "APPLIED", "WITHDRAWN"];

/** Loads the made-up programmes, their cohorts and enrolments. Idempotent; the same every time. */
export async function loadDemonstration({ em }: UseCase): Promise<void> {
  await loadRows(em, LeadershipInitiativeEntity, demonstrationLeadershipInitiatives);
  const initiatives = demonstrationWorkItems.filter((item) => item.type === "LeadershipInitiative");
  await loadRows(
    em,
    ProgrammeEntity,
    initiatives.map((item) => ({
      id: seedId("Programme", item.key),
      workItemId: seedId("LeadershipInitiative", item.key),
      title: item.title,
      source,
    })),
  );
  const cohorts = initiatives.flatMap((item, index) => [
    { key: `${item.key} cohort 1`, programme: item.key, startsOn: `2026-0${index + 2}-02`, held: 5 },
    { key: `${item.key} cohort 2`, programme: item.key, startsOn: `2027-0${index + 2}-02`, held: 0 },
  ]);
  await loadRows(
    em,
    CohortEntity,
    cohorts.map((cohort, index) => ({
      id: seedId("Cohort", cohort.key),
      programmeId: seedId("Programme", cohort.programme),
      name: `Demonstration cohort ${index + 1}`,
      places: 12,
      startsOn: cohort.startsOn,
      source,
    })),
  );
  await loadRows(
    em,
    EnrolmentEntity,
    cohorts.flatMap((cohort, place) =>
      demonstrationPeople.slice(place === 0 ? 0 : 6 + place, place === 0 ? 12 : 16 + place).map((person, index) => {
        const status = cohort.held === 0 ? "APPLIED" : (states[index % states.length] as EnrolmentStatus);
        const attends = status === "COMPLETED" ? cohort.held : status === "ENROLLED" ? cohort.held - 1 : 0;
        return {
          id: seedId("Enrolment", `${cohort.key} ${person.key}`),
          cohortId: seedId("Cohort", cohort.key),
          personId: seedId("Person", person.key),
          organisationId: seedId("Organisation", person.memberships[0]?.organisation as string),
          status,
          appliedAt: new Date(Date.UTC(2026, 0, 5, 9, index)),
          sessionsHeld: attends > 0 ? cohort.held : 0,
          sessionsAttended: attends,
          source,
        };
      }),
    ),
  );
  await loadTeam(em);
}

/** Six of one organisation, all in one cohort, so that there is a count of leaders to show to everybody who may see counts. */
async function loadTeam(em: UseCase["em"]): Promise<void> {
  const team = demonstrationPeople.filter(
    ({ key, memberships }) => memberships[0]?.organisation === "demo-trust-1" && key.startsWith("demo-person-"),
  );
  await loadRows(
    em,
    EnrolmentEntity,
    team.slice(-6).map(({ key }, index) => ({
      id: seedId("Enrolment", `demo-leadership-3 cohort 2 ${key}`),
      cohortId: seedId("Cohort", "demo-leadership-3 cohort 2"),
      personId: seedId("Person", key),
      organisationId: seedId("Organisation", "demo-trust-1"),
      status: "ENROLLED",
      appliedAt: new Date(Date.UTC(2026, 0, 6, 9, index)),
      sessionsHeld: 0,
      sessionsAttended: 0,
      source,
    })),
  );
}
