import type { Day } from "../calendar/day.rules.ts";
import type { MetricDirection } from "../metric/metric.rules.ts";
import type { RpiwPhase } from "../rpiw/rpiw.rules.ts";

export interface DemonstrationMetric {
  readonly name: string;
  readonly unit: string;
  readonly direction: MetricDirection;
  readonly baseline?: number;
  readonly target?: number;
  /** At the report-out, day 30, day 60 and day 90, as far as there is one. */
  readonly checkpoints?: readonly number[];
  /** Week by week from the baseline on, for the run chart. */
  readonly weekly?: readonly number[];
}

export interface DemonstrationRpiw {
  /** The key of the work item. */
  readonly key: string;
  /** The phases it has entered, and when. */
  readonly phases: readonly (readonly [RpiwPhase, Day])[];
  /** Keys of people. */
  readonly processOwner?: string;
  readonly sponsor?: string;
  readonly teamSize?: number;
  readonly workshop?: readonly [Day, Day];
  readonly reportedOutOn?: Day;
  readonly baselineTakenOn?: Day;
  readonly metrics: readonly DemonstrationMetric[];
  /** The days on which the reviews at 30, 60 and 90 days were held, as far as they were. */
  readonly reviewsHeldOn?: readonly Day[];
}

/** Made-up deliveries of the demonstration's RPIWs, one in each of five phases. */
export const demonstrationRpiws: readonly DemonstrationRpiw[] = [
  {
    key: "demo-rpiw-1",
    phases: [
      ["PROPOSED", "2026-03-02"],
      ["CHARTERED", "2026-03-30"],
      ["BASELINING", "2026-04-06"],
      ["WORKSHOP", "2026-06-08"],
      ["REPORTED_OUT", "2026-06-12"],
      ["FOLLOW_UP", "2026-07-13"],
    ],
    processOwner: "demo-person-5",
    sponsor: "lead",
    teamSize: 8,
    workshop: ["2026-06-08", "2026-06-12"],
    reportedOutOn: "2026-06-12",
    baselineTakenOn: "2026-04-06",
    metrics: [
      {
        name: "Calls about a prescription",
        unit: "calls a week",
        direction: "LOWER_IS_BETTER",
        baseline: 140,
        target: 70,
        checkpoints: [66, 72, 68, 64],
        weekly: [138, 145, 139, 142, 136, 140, 144, 137, 141, 70, 68, 73, 69, 71, 66, 70, 67, 72, 68, 65],
      },
      {
        name: "Prescriptions ready on the day promised",
        unit: "per cent",
        direction: "HIGHER_IS_BETTER",
        baseline: 62,
        target: 90,
        checkpoints: [88, 91, 92, 93],
      },
    ],
    reviewsHeldOn: ["2026-07-13", "2026-08-12"],
  },
  {
    key: "demo-rpiw-2",
    phases: [
      ["PROPOSED", "2026-08-03"],
      ["CHARTERED", "2026-09-07"],
      ["BASELINING", "2026-09-14"],
      ["WORKSHOP", "2026-11-16"],
    ],
    processOwner: "demo-person-1",
    sponsor: "demo-person-9",
    teamSize: 6,
    workshop: ["2026-11-16", "2026-11-20"],
    baselineTakenOn: "2026-09-21",
    metrics: [
      {
        name: "Days from discharge to letter",
        unit: "days",
        direction: "LOWER_IS_BETTER",
        baseline: 6.5,
        target: 1,
        weekly: [6.4, 6.9, 6.1, 6.6, 6.5, 6.2, 6.8],
      },
      { name: "Letters sent back", unit: "per cent", direction: "LOWER_IS_BETTER", baseline: 12, target: 2 },
    ],
  },
  {
    key: "demo-rpiw-3",
    phases: [
      ["PROPOSED", "2026-09-07"],
      ["CHARTERED", "2026-10-12"],
      ["BASELINING", "2026-10-19"],
    ],
    processOwner: "secondee",
    sponsor: "demo-person-2",
    teamSize: 10,
    baselineTakenOn: "2026-11-02",
    metrics: [
      { name: "Assessed within a day", unit: "per cent", direction: "HIGHER_IS_BETTER", baseline: 41, target: 85 },
      { name: "Steps in an assessment", unit: "steps", direction: "LOWER_IS_BETTER", target: 9 },
    ],
  },
  {
    key: "demo-rpiw-4",
    phases: [
      ["PROPOSED", "2026-05-04"],
      ["CHARTERED", "2026-06-08"],
      ["BASELINING", "2026-06-15"],
      ["WORKSHOP", "2026-10-12"],
      ["REPORTED_OUT", "2026-10-16"],
    ],
    processOwner: "demo-person-4",
    sponsor: "demo-person-2",
    teamSize: 7,
    workshop: ["2026-10-12", "2026-10-16"],
    reportedOutOn: "2026-10-16",
    baselineTakenOn: "2026-07-06",
    metrics: [
      {
        name: "Days from referral to triage",
        unit: "days",
        direction: "LOWER_IS_BETTER",
        baseline: 9,
        target: 2,
        checkpoints: [2],
      },
    ],
  },
  {
    key: "demo-rpiw-5",
    phases: [
      ["PROPOSED", "2025-10-06"],
      ["CHARTERED", "2025-11-03"],
      ["BASELINING", "2025-11-10"],
      ["WORKSHOP", "2026-02-09"],
      ["REPORTED_OUT", "2026-02-13"],
      ["FOLLOW_UP", "2026-03-16"],
      ["CLOSED", "2026-05-18"],
    ],
    processOwner: "demo-person-3",
    sponsor: "demo-person-6",
    teamSize: 9,
    workshop: ["2026-02-09", "2026-02-13"],
    reportedOutOn: "2026-02-13",
    baselineTakenOn: "2025-11-24",
    metrics: [
      {
        name: "Clinics that start late",
        unit: "per cent",
        direction: "LOWER_IS_BETTER",
        baseline: 48,
        target: 10,
        checkpoints: [9, 14, 18, 21],
        weekly: [47, 49, 46, 50, 48, 47, 51, 48, 46, 49, 47, 9, 11, 12, 14, 15, 16, 17, 18, 19],
      },
      {
        name: "Complaints about late starts",
        unit: "a month",
        direction: "LOWER_IS_BETTER",
        baseline: 0,
        target: 0,
        checkpoints: [0, 0, 0, 0],
      },
      {
        name: "Minutes lost before the first patient",
        unit: "minutes",
        direction: "LOWER_IS_BETTER",
        baseline: 22,
        target: 8,
        checkpoints: [7, 7, 6, 6],
      },
    ],
    reviewsHeldOn: ["2026-03-16", "2026-04-14", "2026-05-14"],
  },
];
