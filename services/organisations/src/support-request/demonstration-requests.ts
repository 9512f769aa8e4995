import { deterministicUuid } from "@clic/global-id";
import { seedId } from "@clic/seed-data";
import type { StrategyKey } from "../work-item/work-item.rules.ts";
import { scoreOf, type SupportRequestStatus } from "./support-request.rules.ts";

interface Demonstration {
  readonly key: string;
  readonly title: string;
  readonly requestedBy: string;
  readonly status: SupportRequestStatus;
  readonly strategy: StrategyKey | null;
  /** By the office and by a demonstration person. */
  readonly scores: readonly number[];
  readonly receivedOn: string;
  readonly workItem?: string;
  readonly reason?: string;
}

const requests: readonly Demonstration[] = [
  {
    key: "demo-request-1",
    title: "Demonstration: repeat prescriptions take too long",
    requestedBy: "demo-practice-1",
    status: "ACCEPTED",
    strategy: "PRODUCTION_SYSTEM",
    scores: [4, 5],
    receivedOn: "2025-09-08",
    workItem: "demo-rpiw-1",
  },
  {
    key: "demo-request-2",
    title: "Demonstration: same-day access varies",
    requestedBy: "demo-trust-1",
    status: "ACCEPTED",
    strategy: "PRODUCTION_SYSTEM",
    scores: [3.5, 4],
    receivedOn: "2025-10-06",
    workItem: "demo-improvement-1",
  },
  {
    key: "demo-request-3",
    title: "Demonstration: e-learning for practice staff",
    requestedBy: "demo-practice-2",
    status: "ACCEPTED",
    strategy: "EDUCATION_LEARNING",
    scores: [5, 4],
    receivedOn: "2025-10-20",
    workItem: "demo-learning-1",
  },
  {
    key: "demo-request-4",
    title: "Demonstration: handover between wards",
    requestedBy: "demo-trust-2",
    status: "ASSESSED",
    strategy: "PRODUCTION_SYSTEM",
    scores: [3, 4],
    receivedOn: "2026-03-02",
  },
  {
    key: "demo-request-5",
    title: "Demonstration: coaching for new leads",
    requestedBy: "demo-council-1",
    status: "SCOPING",
    strategy: "LEADERSHIP",
    scores: [4],
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
    scores: [0, 1],
    receivedOn: "2026-02-02",
    reason: "Demonstration: the collaborative does not build.",
  },
];
const decided: ReadonlySet<SupportRequestStatus> = new Set(["ACCEPTED", "DECLINED"]);
const source = "DEMO";

/** The id of the request that led to the demonstration work item with this key; null when none did. */
export function requestOf(workItem: string): string | null {
  const request = requests.find((one) => one.workItem === workItem);
  return request === undefined ? null : seedId("SupportRequest", request.key);
}

export function demonstrationSupportRequests(): readonly object[] {
  return requests.map((one) => ({
    id: seedId("SupportRequest", one.key),
    requestedById: seedId("Organisation", one.requestedBy),
    requestedByPersonId: one.requestedBy === "demo-practice-1" ? seedId("Person", "member") : null,
    title: one.title,
    need: `${one.title}. Made up.`,
    sponsorId: one.status === "ACCEPTED" ? seedId("Person", "demo-person-3") : null,
    receivedOn: one.receivedOn,
    strategy: one.strategy,
    status: one.status,
    score: scoreOf(one.scores),
    decisionReason: one.reason ?? null,
    decidedAt: decided.has(one.status) ? new Date("2026-01-12T09:00:00Z") : null,
    source,
  }));
}

export function demonstrationAssessments(): readonly object[] {
  const assessors = ["office", "demo-person-4"];
  return requests.flatMap((one) =>
    one.scores.map((score, index) => ({
      id: deterministicUuid("Score", `${one.key} ${index}`),
      supportRequestId: seedId("SupportRequest", one.key),
      assessorId: seedId("Person", assessors[index] as string),
      score,
      rationale: "Made up.",
      assessedAt: new Date("2026-01-05T09:00:00Z"),
      source: "DEMO",
    })),
  );
}
