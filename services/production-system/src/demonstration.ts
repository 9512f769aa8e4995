import { deterministicUuid } from "@clic/global-id";
import { demonstrationWorkItems, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { addDays } from "./calendar/day.rules.ts";
import { loadDemonstrationFaculty } from "./faculty/demonstration-faculty.ts";
import { demonstrationImprovementProjects } from "./improvement-project/demonstration-improvement-projects.ts";
import { ImprovementProjectEntity } from "./improvement-project/improvement-project.entity.ts";
import { type DemonstrationMetric, type DemonstrationRpiw, demonstrationRpiws } from "./demonstration/rpiws.ts";
import { MetricEntity } from "./metric/metric.entity.ts";
import { type Checkpoint, checkpointDay, reviewCheckpoints } from "./reading/checkpoint.rules.ts";
import { ReadingEntity } from "./reading/reading.entity.ts";
import { reviewDays } from "./review/review.rules.ts";
import { ReviewEntity } from "./review/review.entity.ts";
import { PhaseChangeEntity, RpiwEntity } from "./rpiw/rpiw.entity.ts";
import { loadDemonstrationWorkbook } from "./workbook/demonstration-workbook.ts";

const source = "DEMO";
const at = (day: string): Date => new Date(`${day}T09:00:00Z`);
const person = (key: string | undefined): string | null => (key === undefined ? null : seedId("Person", key));

/** Loads the made-up deliveries of the demonstration's RPIWs, its workbook and its faculty. Deterministic and idempotent. */
export async function loadDemonstration(useCase: UseCase): Promise<void> {
  const { em } = useCase;
  await loadRows(em, RpiwEntity, demonstrationRpiws.map(rpiwRow));
  await loadRows(em, PhaseChangeEntity, demonstrationRpiws.flatMap(phaseRows));
  await loadRows(
    em,
    MetricEntity,
    demonstrationRpiws.flatMap((rpiw) => rpiw.metrics.map((metric) => metricRow(rpiw, metric))),
  );
  await loadRows(
    em,
    ReadingEntity,
    demonstrationRpiws.flatMap((rpiw) => rpiw.metrics.flatMap((metric) => readingRows(rpiw, metric))),
  );
  await loadRows(em, ReviewEntity, demonstrationRpiws.flatMap(reviewRows));
  await loadRows(em, ImprovementProjectEntity, demonstrationImprovementProjects);
  await loadDemonstrationWorkbook(useCase);
  await loadDemonstrationFaculty(useCase);
}

function rpiwRow(rpiw: DemonstrationRpiw): object {
  const workItem = demonstrationWorkItems.find(({ key }) => key === rpiw.key);
  if (workItem === undefined) throw new Error(`The demonstration has no work item ${rpiw.key}.`);
  return {
    id: seedId("Rpiw", rpiw.key),
    title: workItem.title,
    leadOrganisationId: seedId("Organisation", workItem.leadOrganisation),
    status: workItem.status,
    phase: rpiw.phases.at(-1)?.[0],
    sponsorId: person(rpiw.sponsor),
    processOwnerId: person(rpiw.processOwner),
    teamSize: rpiw.teamSize ?? null,
    workshopStartsOn: rpiw.workshop?.[0] ?? null,
    workshopEndsOn: rpiw.workshop?.[1] ?? null,
    reportedOutOn: rpiw.reportedOutOn ?? null,
    source,
  };
}

function phaseRows(rpiw: DemonstrationRpiw): object[] {
  return rpiw.phases.map(([phase, day]) => ({
    id: deterministicUuid("Rpiw", `${rpiw.key} ${phase}`),
    rpiwId: seedId("Rpiw", rpiw.key),
    phase,
    changedAt: at(day),
    source,
  }));
}

const metricId = (rpiw: DemonstrationRpiw, metric: DemonstrationMetric): string =>
  seedId("Metric", `${rpiw.key} ${metric.name}`);

function metricRow(rpiw: DemonstrationRpiw, metric: DemonstrationMetric): object {
  return {
    id: metricId(rpiw, metric),
    rpiwId: seedId("Rpiw", rpiw.key),
    name: metric.name,
    unit: metric.unit,
    direction: metric.direction,
    baseline: metric.baseline ?? null,
    baselineTakenOn: metric.baseline === undefined ? null : rpiw.baselineTakenOn,
    baselineFrozenAt: rpiw.workshop === undefined ? null : at(rpiw.workshop[0]),
    target: metric.target ?? null,
    source,
  };
}

function readingRows(rpiw: DemonstrationRpiw, metric: DemonstrationMetric): object[] {
  const row = (checkpoint: Checkpoint | null, takenOn: string, value: number): object => ({
    id: seedId("Reading", `${rpiw.key} ${metric.name} ${checkpoint ?? takenOn}`),
    metricId: metricId(rpiw, metric),
    takenOn,
    value,
    checkpoint,
    source,
  });
  const weekly = (metric.weekly ?? []).map((value, week) =>
    row(null, addDays(rpiw.baselineTakenOn as string, 7 * week), value),
  );
  const [atReportOut, ...later] = metric.checkpoints ?? [];
  if (atReportOut === undefined || rpiw.reportedOutOn === undefined) return weekly;
  const reportedOutOn = rpiw.reportedOutOn;
  const checkpoints = reviewCheckpoints
    .slice(0, later.length)
    .map((checkpoint, index) => row(checkpoint, checkpointDay(reportedOutOn, checkpoint), later[index] as number));
  return [...weekly, row("REPORT_OUT", reportedOutOn, atReportOut), ...checkpoints];
}

function reviewRows(rpiw: DemonstrationRpiw): object[] {
  if (rpiw.reportedOutOn === undefined) return [];
  return reviewDays(rpiw.reportedOutOn).map(({ checkpoint, dueOn }, index) => ({
    id: seedId("Review", `${rpiw.key} ${checkpoint}`),
    rpiwId: seedId("Rpiw", rpiw.key),
    checkpoint,
    dueOn,
    heldOn: rpiw.reviewsHeldOn?.[index] ?? null,
    source,
  }));
}
