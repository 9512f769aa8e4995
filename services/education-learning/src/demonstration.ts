import {
  demonstrationEvents,
  demonstrationOrganisations,
  demonstrationWorkItems,
  seedId,
  workstreams,
} from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { loadDemonstrationCompletions } from "./completion/demonstration-completions.ts";
import { CourseEntity, CourseWorkstreamEntity } from "./course/course.entity.ts";
import { EventCreditEntity } from "./event/event-credit.entity.ts";
import { loadDemonstrationMemberships } from "./membership/demonstration-memberships.ts";
import { loadDemonstrationRequirements } from "./requirement/demonstration-requirements.ts";
import { demonstrationLearningInitiatives } from "./learning-initiative/demonstration-learning-initiatives.ts";
import { LearningInitiativeEntity } from "./learning-initiative/learning-initiative.entity.ts";
import { RollOutEntity, RollOutSiteEntity } from "./roll-out/roll-out.entity.ts";
import type { SiteStatus } from "./roll-out/roll-out.rules.ts";
import { loadDemonstrationStandards } from "./standard/demonstration-standards.ts";

const source = "DEMO";
const titles = [
  "Frailty in practice",
  "Autism awareness",
  "End of life care",
  "Deciding rights",
  "Safeguarding together",
  "Care home skills",
  "Year of care taster",
  "Improvement basics",
];
const courseKey = (index: number): string => `demo-course-${index + 1}`;
const siteStates: readonly SiteStatus[] = ["LIVE", "LIVE", "LIVE", "ONBOARDING", "INVITED", "LAPSED"];

/** Loads the made-up courses, roll-outs, event credits, completions, memberships, requirements and standards. Idempotent; the same every time. */
export async function loadDemonstration(useCase: UseCase): Promise<void> {
  const { em } = useCase;
  await loadRows(
    em,
    CourseEntity,
    titles.map((title, index) => ({
      id: seedId("Course", courseKey(index)),
      code: courseKey(index),
      title: `Demonstration: ${title}`,
      status: index === 7 ? "DRAFT" : index === 6 ? "RETIRED" : "LIVE",
      providerId: seedId("Organisation", "CLIC"),
      durationMinutes: 30 * (index + 1),
      source,
    })),
  );
  await loadRows(
    em,
    CourseWorkstreamEntity,
    titles.map((_, index) => ({
      workstreamId: seedId("Workstream", workstreams[(index + 1) % workstreams.length]?.code as string),
      courseId: seedId("Course", courseKey(index)),
      source,
    })),
  );
  await loadRows(em, LearningInitiativeEntity, demonstrationLearningInitiatives);
  const initiatives = demonstrationWorkItems.filter((item) => item.type === "LearningInitiative").slice(0, 2);
  await loadRows(
    em,
    RollOutEntity,
    initiatives.map((item, index) => ({
      id: seedId("RollOut", item.key),
      workItemId: seedId("LearningInitiative", item.key),
      courseId: seedId("Course", courseKey(index)),
      title: item.title,
      target: 12,
      source,
    })),
  );
  const practices = demonstrationOrganisations.filter((organisation) => organisation.kind === "PRACTICE");
  await loadRows(
    em,
    RollOutSiteEntity,
    initiatives.flatMap((item, place) =>
      practices.slice(place * 6, place * 6 + 12).map((practice, index) => {
        const status = siteStates[index % siteStates.length] as SiteStatus;
        return {
          id: seedId("RollOutSite", `${item.key} ${practice.key}`),
          rollOutId: seedId("RollOut", item.key),
          organisationId: seedId("Organisation", practice.key),
          status,
          licences: 10 + index,
          users: status === "LIVE" ? 5 + index : 0,
          wentLiveOn: status === "LIVE" || status === "LAPSED" ? `2026-0${(index % 9) + 1}-01` : null,
          source,
        };
      }),
    ),
  );
  await loadRows(
    em,
    EventCreditEntity,
    demonstrationEvents.slice(0, 16).map((event, index) => ({
      eventId: seedId("Event", event.key),
      cpdMinutes: 60 + 15 * (index % 4),
      courseId: index % 3 === 0 ? seedId("Course", courseKey(index % 6)) : null,
      source,
    })),
  );
  await loadDemonstrationCompletions(useCase);
  await loadDemonstrationMemberships(useCase);
  await loadDemonstrationRequirements(useCase);
  await loadDemonstrationStandards(useCase);
}
