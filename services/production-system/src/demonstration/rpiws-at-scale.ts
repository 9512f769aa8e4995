import { deterministicUuid, numberedGlobalId } from "@clic/global-id";
import {
  dayFromReference,
  draw,
  drawOf,
  metricsOfRpiw,
  organisationIdAtScale,
  personIdAtScale,
  referenceDay,
  type Scale,
  type ScaleWorkItem,
  somePersonAtScale,
  timeFromReference,
  workItemAtScale,
} from "@clic/seed-data";
import { addDays } from "../calendar/day.rules.ts";
import type { MetricDirection } from "../metric/metric.rules.ts";
import { checkpointDay, reviewCheckpoints } from "../reading/checkpoint.rules.ts";
import { reviewDays } from "../review/review.rules.ts";
import type { RpiwPhase } from "../rpiw/rpiw.rules.ts";

const source = "DEMO";
/** So many days after it was proposed an RPIW enters each phase. */
const enters: readonly (readonly [RpiwPhase, number])[] = [
  ["PROPOSED", 0],
  ["CHARTERED", 21],
  ["BASELINING", 35],
  ["WORKSHOP", 98],
  ["REPORTED_OUT", 102],
  ["FOLLOW_UP", 133],
  ["CLOSED", 196],
];
const daysOf = new Map(enters);
const measures: readonly (readonly [name: string, unit: string, direction: MetricDirection, baseline: number])[] = [
  ["Calls about the same thing", "calls a week", "LOWER_IS_BETTER", 140],
  ["Ready on the day promised", "per cent", "HIGHER_IS_BETTER", 50],
  ["Days from start to end", "days", "LOWER_IS_BETTER", 9],
  ["Steps in the process", "steps", "LOWER_IS_BETTER", 30],
  ["Complaints", "a month", "LOWER_IS_BETTER", 6],
];
const weeks = 12;
/** Ids leave room for so many readings of one metric: weekly ones, then the report-out and three checkpoints. */
const mostReadings = 16;

/** The delivery of an RPIW at scale. */
export interface DeliveryAtScale {
  readonly item: ScaleWorkItem;
  readonly row: object;
  readonly phases: readonly object[];
  readonly baselineTakenOn: string | null;
  readonly workshopStartsOn: string | null;
  readonly reportedOutOn: string | null;
}

/** The delivery of the RPIW that is the work item with this number, as far as its phase says. */
export function deliveryAtScale(scale: Scale, number: number): DeliveryAtScale {
  const item = workItemAtScale(scale, number);
  const phase = item.phase as RpiwPhase;
  // One that was abandoned was so before its workshop.
  const reached = phase === "ABANDONED" ? "CHARTERED" : phase;
  const entered = enters.slice(0, enters.findIndex(([one]) => one === reached) + 1);
  const on = (one: RpiwPhase, later = 0): string | null =>
    entered.some(([each]) => each === one)
      ? dayFromReference((daysOf.get(one) as number) + later - item.proposedDaysAgo)
      : null;
  const changes: readonly (readonly [RpiwPhase, number])[] =
    phase === "ABANDONED" ? [...entered, ["ABANDONED", 40]] : entered;
  const chartered = reached !== "PROPOSED";
  const workshopStartsOn = on("WORKSHOP");
  const reportedOutOn = on("REPORTED_OUT");
  return {
    item,
    row: {
      id: item.id,
      title: item.title,
      leadOrganisationId: organisationIdAtScale(item.leadOrganisation),
      status: item.status,
      phase,
      sponsorId: personIdAtScale(item.leadOrganisation),
      processOwnerId: chartered ? personIdAtScale(somePersonAtScale(scale, 80, number)) : null,
      teamSize: chartered ? 6 + draw(81, number, 5) : null,
      workshopStartsOn,
      workshopEndsOn: on("WORKSHOP", 4),
      reportedOutOn,
      source,
    },
    phases: changes.map(([one, days]) => ({
      id: deterministicUuid("Rpiw", `${item.id} ${one}`),
      rpiwId: item.id,
      phase: one,
      changedAt: timeFromReference(days - item.proposedDaysAgo, 9),
      source,
    })),
    baselineTakenOn: on("BASELINING", 14),
    workshopStartsOn,
    reportedOutOn,
  };
}

interface Metric {
  readonly number: number;
  readonly id: string;
  readonly direction: MetricDirection;
  readonly baseline: number;
  readonly target: number;
  readonly row: object;
}

function metricsOf({ item, baselineTakenOn, workshopStartsOn }: DeliveryAtScale): Metric[] {
  return measures.slice(0, metricsOfRpiw).map(([name, unit, direction, usual], index) => {
    const number = item.place * metricsOfRpiw + index;
    const baseline = usual + draw(82, number, Math.ceil(usual / 3));
    const target = direction === "LOWER_IS_BETTER" ? Math.round(baseline / 2) : Math.min(98, baseline + 30);
    const id = numberedGlobalId("Metric", number);
    const row = {
      id,
      rpiwId: item.id,
      name,
      unit,
      direction,
      baseline: baselineTakenOn === null ? null : baseline,
      baselineTakenOn,
      baselineFrozenAt: workshopStartsOn === null ? null : new Date(`${workshopStartsOn}T09:00:00Z`),
      target: baselineTakenOn === null ? null : target,
      source,
    };
    return { number, id, direction, baseline, target, row };
  });
}

export function metricRows(delivery: DeliveryAtScale): object[] {
  return metricsOf(delivery).map(({ row }) => row);
}

/** Weekly readings around the workshop, and those at the checkpoints that have come; two in three metrics meet the target. */
export function* readingRows(delivery: DeliveryAtScale): Generator<object> {
  const { baselineTakenOn, reportedOutOn, workshopStartsOn } = delivery;
  if (baselineTakenOn === null) return;
  for (const metric of metricsOf(delivery)) {
    const value = (place: number, improved: boolean): number => {
      const aim = improved ? metric.target : metric.baseline;
      const spread = Math.max(1, metric.baseline / 20);
      const luck = draw(83, metric.number * mostReadings + place, 1000) / 1000 - (improved ? 0.67 : 0.5);
      return Math.round((aim + (metric.direction === "LOWER_IS_BETTER" ? luck : -luck) * spread * 2) * 10) / 10;
    };
    const row = (place: number, checkpoint: string | null, takenOn: string, improved: boolean): object => ({
      id: numberedGlobalId("Reading", metric.number * mostReadings + place),
      metricId: metric.id,
      takenOn,
      value: value(place, improved),
      checkpoint,
      source,
    });
    for (let week = 0; week < weeks; week++) {
      const takenOn = addDays(baselineTakenOn, week * 7);
      if (takenOn <= referenceDay)
        yield row(week, null, takenOn, workshopStartsOn !== null && takenOn > workshopStartsOn);
    }
    if (reportedOutOn === null) continue;
    yield row(weeks, "REPORT_OUT", reportedOutOn, true);
    for (const [index, checkpoint] of reviewCheckpoints.entries()) {
      const day = checkpointDay(reportedOutOn, checkpoint);
      if (day <= referenceDay) yield row(weeks + 1 + index, checkpoint, day, true);
    }
  }
}

/** The reviews after the report-out. Those whose day has come were held, but for a few that are overdue. */
export function reviewRows({ item, reportedOutOn }: DeliveryAtScale): object[] {
  if (reportedOutOn === null) return [];
  return reviewDays(reportedOutOn).map(({ checkpoint, dueOn }, index) => {
    const number = item.place * reviewCheckpoints.length + index;
    const heldOn = addDays(dueOn, drawOf(84, number, [0, 0, 1, 3]));
    const missed = item.phase !== "CLOSED" && draw(85, number, 10) === 0;
    return {
      id: numberedGlobalId("Review", number),
      rpiwId: item.id,
      checkpoint,
      dueOn,
      heldOn: heldOn <= referenceDay && !missed ? heldOn : null,
      source,
    };
  });
}
