export type StrategyKey = "EDUCATION_LEARNING" | "PRODUCTION_SYSTEM" | "LEADERSHIP";
export type WorkItemType = "LearningInitiative" | "Rpiw" | "ImprovementProject" | "LeadershipInitiative";

export interface DemonstrationWorkItem {
  readonly key: string;
  readonly type: WorkItemType;
  readonly title: string;
  readonly strategy: StrategyKey;
  readonly status: "PROPOSED" | "ACTIVE" | "COMPLETED";
  readonly leadOrganisation: string;
  /** Keys (and codes) of workstreams. */
  readonly workstreams: readonly string[];
  /** Keys (and codes) of priorities. */
  readonly priorities: readonly string[];
}

/** The workstreams that the founding report names; code and key are the same. */
export const workstreams = [
  { code: "primary-care-communities", name: "Primary Care Communities" },
  { code: "frail-elderly", name: "Frail Elderly" },
  { code: "pain-management", name: "Pain Management" },
  { code: "urgent-care", name: "Urgent Care" },
] as const;

/** Made up, since the founding report names no priority; code and key are the same. */
export const demonstrationPriorities = [
  { code: "demo-closer-to-home", title: "Demonstration priority: care closer to home" },
  { code: "demo-safe-care", title: "Demonstration priority: safer care" },
  { code: "demo-skilled-people", title: "Demonstration priority: skilled people" },
  { code: "demo-one-system", title: "Demonstration priority: one system" },
] as const;

const strategyOf: Record<WorkItemType, StrategyKey> = {
  LearningInitiative: "EDUCATION_LEARNING",
  Rpiw: "PRODUCTION_SYSTEM",
  ImprovementProject: "PRODUCTION_SYSTEM",
  LeadershipInitiative: "LEADERSHIP",
};
const stems: Record<WorkItemType, { stem: string; subjects: readonly string[] }> = {
  LearningInitiative: {
    stem: "learning",
    subjects: ["e-learning in every practice", "end of life care", "safeguarding together", "care home skills"],
  },
  Rpiw: {
    stem: "rpiw",
    subjects: [
      "repeat prescriptions",
      "discharge letters",
      "frailty assessment",
      "referral triage",
      "clinic start times",
    ],
  },
  ImprovementProject: {
    stem: "improvement",
    subjects: ["same-day access", "falls in care homes", "pain clinic waits", "wound care"],
  },
  LeadershipInitiative: {
    stem: "leadership",
    subjects: ["leading improvement", "senior sessions", "team development"],
  },
};
const leads = ["CLIC", "demo-trust-1", "demo-practice-1", "demo-trust-2", "demo-council-1", "demo-practice-2"];

/**
 * Made-up work: sixteen items, all active but the last RPIW (completed); keys `demo-learning-1`, `demo-rpiw-1` to 5,
 * `demo-improvement-1`, `demo-leadership-1` and so on.
 */
export const demonstrationWorkItems: readonly DemonstrationWorkItem[] = (Object.keys(stems) as WorkItemType[]).flatMap(
  (type) =>
    stems[type].subjects.map((subject, index) => ({
      key: `demo-${stems[type].stem}-${index + 1}`,
      type,
      title: `Demonstration: ${subject}`,
      strategy: strategyOf[type],
      status: type === "Rpiw" && index === 4 ? ("COMPLETED" as const) : ("ACTIVE" as const),
      leadOrganisation: leads[(index * 2 + type.length) % leads.length] as string,
      workstreams: [workstreams[(index + type.length) % workstreams.length]?.code as string],
      priorities: [demonstrationPriorities[(index + type.length) % 4]?.code as string],
    })),
);
