import { seedId } from "@clic/seed-data";
import { outcomeOf, totalOf } from "../assessment/assessment.rules.ts";
import {
  demonstrationCriteria,
  demonstrationModerationAbove,
  demonstrationSetId,
} from "../criteria-set/demonstration-criteria.ts";
import type { StrategyKey } from "../work-item/work-item.rules.ts";
import type { SupportRequestStatus } from "./support-request.rules.ts";

interface Demonstration {
  readonly key: string;
  readonly title: string;
  readonly requestedBy: string;
  readonly status: SupportRequestStatus;
  readonly strategy: StrategyKey | null;
  /** By the office and by a demonstration person: for each criterion, in order. */
  readonly scores: readonly (readonly number[])[];
  readonly receivedOn: string;
  readonly workItem?: string;
  readonly reason?: string;
  /** What a third person settled. */
  readonly moderated?: number;
  /** The organisation that it was passed on to. */
  readonly redirectedTo?: string;
}

const requests: readonly Demonstration[] = [
  {
    key: "demo-request-1",
    title: "Demonstration: repeat prescriptions take too long",
    requestedBy: "demo-practice-1",
    status: "ACCEPTED",
    strategy: "PRODUCTION_SYSTEM",
    scores: [
      [4, 4, 5, 4],
      [5, 5, 4, 5],
    ],
    receivedOn: "2025-09-08",
    workItem: "demo-rpiw-1",
  },
  {
    key: "demo-request-2",
    title: "Demonstration: same-day access varies",
    requestedBy: "demo-trust-1",
    status: "ACCEPTED",
    strategy: "PRODUCTION_SYSTEM",
    scores: [
      [2, 2, 3, 2],
      [5, 4, 5, 4],
    ],
    moderated: 75,
    receivedOn: "2025-10-06",
    workItem: "demo-improvement-1",
  },
  {
    key: "demo-request-3",
    title: "Demonstration: e-learning for practice staff",
    requestedBy: "demo-practice-2",
    status: "ACCEPTED",
    strategy: "EDUCATION_LEARNING",
    scores: [
      [5, 4, 5, 5],
      [4, 4, 4, 3],
    ],
    receivedOn: "2025-10-20",
    workItem: "demo-learning-1",
  },
  {
    key: "demo-request-4",
    title: "Demonstration: handover between wards",
    requestedBy: "demo-trust-2",
    status: "ASSESSED",
    strategy: "PRODUCTION_SYSTEM",
    scores: [
      [3, 3, 3, 4],
      [4, 4, 3, 4],
    ],
    receivedOn: "2026-03-02",
  },
  {
    key: "demo-request-5",
    title: "Demonstration: coaching for new leads",
    requestedBy: "demo-council-1",
    status: "SCOPING",
    strategy: "LEADERSHIP",
    scores: [[4, 4, 3, 4]],
    receivedOn: "2026-05-11",
  },
  {
    key: "demo-request-6",
    title: "Demonstration: wound care training",
    requestedBy: "demo-practice-1",
    status: "RECEIVED",
    strategy: null,
    scores: [],
    receivedOn: "2026-06-01",
  },
  {
    key: "demo-request-7",
    title: "Demonstration: a new car park",
    requestedBy: "demo-practice-3",
    status: "DECLINED",
    strategy: null,
    scores: [
      [0, 1, 0, 0],
      [1, 1, 0, 1],
    ],
    receivedOn: "2026-02-02",
    reason: "Demonstration: the collaborative does not build.",
  },
  {
    key: "demo-request-8",
    title: "Demonstration: a shared rota",
    requestedBy: "demo-practice-4",
    status: "SCOPING",
    strategy: "PRODUCTION_SYSTEM",
    scores: [
      [5, 4, 5, 4],
      [1, 2, 2, 3],
    ],
    receivedOn: "2026-05-18",
  },
  {
    key: "demo-request-9",
    title: "Demonstration: new telephones",
    requestedBy: "demo-practice-1",
    status: "REDIRECTED",
    strategy: null,
    scores: [],
    receivedOn: "2026-04-13",
    redirectedTo: "demo-provider-1",
    reason: "Demonstration: they run the telephones of all practices.",
  },
];
const decided: ReadonlySet<SupportRequestStatus> = new Set(["ACCEPTED", "DECLINED", "REDIRECTED"]);
const source = "DEMO";
const assessors = ["office", "demo-person-4"];
const assessedAt = new Date("2026-01-05T09:00:00Z");

/** The id of the request that led to the demonstration work item with this key; null when none did. */
export function requestOf(workItem: string): string | null {
  const request = requests.find((one) => one.workItem === workItem);
  return request === undefined ? null : seedId("SupportRequest", request.key);
}

const scoresOf = (values: readonly number[]) =>
  demonstrationCriteria.map(({ id }, index) => ({ criterionId: id, value: values[index] as number }));
const totalsOf = ({ scores }: Demonstration): number[] =>
  scores.map((values) => totalOf(demonstrationCriteria, scoresOf(values)));

export function demonstrationSupportRequests(): readonly object[] {
  return requests.map((one) => {
    const outcome = outcomeOf(totalsOf(one), demonstrationModerationAbove);
    return {
      id: seedId("SupportRequest", one.key),
      requestedById: seedId("Organisation", one.requestedBy),
      requestedByPersonId: one.requestedBy === "demo-practice-1" ? seedId("Person", "member") : null,
      title: one.title,
      need: `${one.title}. Made up.`,
      sponsorId: one.status === "ACCEPTED" ? seedId("Person", "demo-person-3") : null,
      receivedOn: one.receivedOn,
      strategy: one.strategy,
      status: one.status,
      criteriaSetId: one.scores.length > 0 ? demonstrationSetId : null,
      score: one.moderated ?? outcome.score,
      moderationNeeded: one.moderated === undefined && outcome.moderationNeeded,
      decisionReason: one.reason ?? null,
      redirectedToId: one.redirectedTo === undefined ? null : seedId("Organisation", one.redirectedTo),
      decidedAt: decided.has(one.status) ? new Date("2026-01-12T09:00:00Z") : null,
      source,
    };
  });
}

const assessmentId = (key: string, index: number): string => seedId("SupportRequestAssessment", `${key} ${index}`);

export function demonstrationAssessments(): readonly { readonly id: string; readonly supportRequestId: string }[] {
  return requests.flatMap((one) =>
    totalsOf(one).map((total, index) => ({
      id: assessmentId(one.key, index),
      supportRequestId: seedId("SupportRequest", one.key),
      assessorId: seedId("Person", assessors[index] as string),
      criteriaSetId: demonstrationSetId,
      total,
      assessedAt,
      source,
    })),
  );
}

export function demonstrationScores(): readonly { readonly assessmentId: string }[] {
  return requests.flatMap(({ key, scores }) =>
    scores.flatMap((values, index) =>
      scoresOf(values).map((score) => ({
        ...score,
        id: seedId("Score", `${key} ${index} ${score.criterionId}`),
        assessmentId: assessmentId(key, index),
        criteriaSetId: demonstrationSetId,
        rationale: "Made up.",
        scoredAt: assessedAt,
        source,
      })),
    ),
  );
}

export function demonstrationModerations(): readonly { readonly supportRequestId: string }[] {
  return requests
    .filter(({ moderated }) => moderated !== undefined)
    .map(({ key, moderated }) => ({
      supportRequestId: seedId("SupportRequest", key),
      moderatorId: seedId("Person", "demo-person-5"),
      score: moderated,
      rationale: "Made up.",
      moderatedAt: assessedAt,
      source,
    }));
}
