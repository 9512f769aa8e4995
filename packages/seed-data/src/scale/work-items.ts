import { numberedGlobalId } from "@clic/global-id";
import {
  demonstrationPriorities,
  type StrategyKey,
  workstreams,
  type WorkItemType,
} from "../demonstration/work-items.ts";
import { seedId } from "../seed-id.ts";
import { draw, drawPerCent } from "./draw.ts";
import type { Scale } from "./scale.ts";

export type ScaleWorkItemStatus = "PROPOSED" | "SCOPING" | "ACTIVE" | "PAUSED" | "COMPLETED" | "DECLINED";
export type ScaleRpiwPhase =
  | "PROPOSED"
  | "CHARTERED"
  | "BASELINING"
  | "WORKSHOP"
  | "REPORTED_OUT"
  | "FOLLOW_UP"
  | "CLOSED"
  | "ABANDONED";

/** A made-up piece of work at scale. */
export interface ScaleWorkItem {
  readonly number: number;
  readonly id: string;
  readonly type: WorkItemType;
  /** Its place among those of its type, from 0 on. */
  readonly place: number;
  readonly title: string;
  readonly strategy: StrategyKey;
  readonly status: ScaleWorkItemStatus;
  /** Where an RPIW's delivery stands; null for the other types. */
  readonly phase: ScaleRpiwPhase | null;
  /** How many days before the reference day it was proposed. */
  readonly proposedDaysAgo: number;
  /** The number of the organisation that leads. */
  readonly leadOrganisation: number;
  /** Ids. */
  readonly workstreams: readonly string[];
  readonly priorities: readonly string[];
}

/** Work items come in blocks of thirteen, alike in type. */
const types: readonly WorkItemType[] = [
  "LearningInitiative",
  "Rpiw",
  "Rpiw",
  "LeadershipInitiative",
  "Rpiw",
  "Rpiw",
  "ImprovementProject",
  "Rpiw",
  "Rpiw",
  "Rpiw",
  "Rpiw",
  "Rpiw",
  "Rpiw",
];
const kinds: Readonly<Record<WorkItemType, { readonly strategy: StrategyKey; readonly subjects: readonly string[] }>> =
  {
    LearningInitiative: {
      strategy: "EDUCATION_LEARNING",
      subjects: ["e-learning in every team", "end of life care", "safeguarding together", "care home skills"],
    },
    Rpiw: {
      strategy: "PRODUCTION_SYSTEM",
      subjects: ["repeat prescriptions", "discharge letters", "frailty assessment", "referral triage", "clinic starts"],
    },
    ImprovementProject: {
      strategy: "PRODUCTION_SYSTEM",
      subjects: ["same-day access", "falls in care homes", "pain clinic waits", "wound care"],
    },
    LeadershipInitiative: {
      strategy: "LEADERSHIP",
      subjects: ["leading improvement", "senior sessions", "team development"],
    },
  };

/** In which phases RPIWs are, a tenth in each place; the status that Organisations derives from each. */
const phases: readonly (readonly [ScaleRpiwPhase, ScaleWorkItemStatus])[] = [
  ["FOLLOW_UP", "ACTIVE"],
  ["WORKSHOP", "ACTIVE"],
  ["CLOSED", "COMPLETED"],
  ["REPORTED_OUT", "ACTIVE"],
  ["CLOSED", "COMPLETED"],
  ["BASELINING", "ACTIVE"],
  ["CLOSED", "COMPLETED"],
  ["CHARTERED", "SCOPING"],
  ["PROPOSED", "PROPOSED"],
  ["ABANDONED", "DECLINED"],
];
const statuses: readonly ScaleWorkItemStatus[] = ["ACTIVE", "ACTIVE", "COMPLETED", "ACTIVE", "SCOPING", "PAUSED"];

/** How many of the work items of a scale are of one type. */
export function workItemsOfType({ workItems }: Scale, type: WorkItemType): number {
  return (workItems / types.length) * types.filter((one) => one === type).length;
}

/** The numbers of the work items of one type, in order. */
export function* workItemNumbers({ workItems }: Scale, type: WorkItemType): Generator<number> {
  for (let number = 0; number < workItems; number++) if (types[number % types.length] === type) yield number;
}

export function workItemIdAtScale(number: number): string {
  return numberedGlobalId(types[number % types.length] as WorkItemType, number);
}

/** The workstreams of a work item: one, for a quarter of them two. */
export function workstreamsAtScale(number: number): string[] {
  const first = draw(20, number, workstreams.length);
  const places = drawPerCent(21, number, 25) ? [first, (first + 1) % workstreams.length] : [first];
  return places.map((place) => seedId("Workstream", workstreams[place]?.code as string));
}

/** The work item with this number, from 0 on. */
export function workItemAtScale(scale: Scale, number: number): ScaleWorkItem {
  const type = types[number % types.length] as WorkItemType;
  const block = Math.floor(number / types.length);
  const sameBefore = types.slice(0, number % types.length).filter((one) => one === type).length;
  const place = block * types.filter((one) => one === type).length + sameBefore;
  const { strategy, subjects } = kinds[type];
  const [phase, status] =
    type === "Rpiw"
      ? (phases[place % phases.length] as (typeof phases)[number])
      : [null, statuses[block % statuses.length] as ScaleWorkItemStatus];
  const priority = draw(22, number, demonstrationPriorities.length);
  return {
    number,
    id: workItemIdAtScale(number),
    type,
    place,
    title: `Demonstration work ${String(1001 + number).padStart(6, "0")}: ${subjects[place % subjects.length]}`,
    strategy,
    status,
    phase,
    proposedDaysAgo: daysAgo(status, phase, number),
    leadOrganisation: draw(23, number, scale.organisations),
    workstreams: workstreamsAtScale(number),
    priorities: (drawPerCent(24, number, 30) ? [0, 1] : [0]).map((step) =>
      seedId("Priority", demonstrationPriorities[(priority + step) % demonstrationPriorities.length]?.code as string),
    ),
  };
}

/** Long enough for what has happened since, as the phases' and statuses' days are counted from here. */
function daysAgo(status: ScaleWorkItemStatus, phase: ScaleRpiwPhase | null, number: number): number {
  if (phase === "WORKSHOP") return 100 + draw(25, number, 3);
  if (phase === "REPORTED_OUT") return 110 + draw(25, number, 20);
  if (phase === "FOLLOW_UP") return 150 + draw(25, number, 50);
  if (phase === "CLOSED") return 240 + draw(25, number, 900);
  return (status === "COMPLETED" ? 400 : 70) + draw(25, number, 300);
}
