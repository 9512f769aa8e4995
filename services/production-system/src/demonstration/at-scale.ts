import { numberedUuids } from "@clic/global-id";
import { metricsOfRpiw, scaleNamed, type Scale, workItemNumbers, workItemsOfType } from "@clic/seed-data";
import type { BulkLoad } from "@clic/subgraph-kit";
import { FacultyMembershipEntity } from "../faculty/faculty-membership.entity.ts";
import { improvementProjectsAtScale } from "../improvement-project/demonstration-improvement-projects.ts";
import { ImprovementProjectEntity } from "../improvement-project/improvement-project.entity.ts";
import { MetricEntity } from "../metric/metric.entity.ts";
import { ReadingEntity } from "../reading/reading.entity.ts";
import { ReviewEntity } from "../review/review.entity.ts";
import { PhaseChangeEntity, RpiwEntity } from "../rpiw/rpiw.entity.ts";
import { TeachingRecordEntity } from "../teaching/teaching-record.entity.ts";
import {
  WorkbookChapterEntity,
  WorkbookEditionEntity,
  WorkbookExampleEntity,
  WorkbookExampleWorkstreamEntity,
} from "../workbook/workbook.entity.ts";
import { facultyAtScale } from "./faculty-at-scale.ts";
import { type DeliveryAtScale, deliveryAtScale, metricRows, readingRows, reviewRows } from "./rpiws-at-scale.ts";
import { chapters, editions, examples, exampleWorkstreams, publishEdition } from "./workbook-at-scale.ts";

/** Production System's share of the made-up data set of this name. */
export function bulk(name: string): BulkLoad {
  const scale = scaleNamed(name);
  const rpiws = workItemsOfType(scale, "Rpiw");
  const each = (rows: (delivery: DeliveryAtScale) => Iterable<object>) =>
    function* (): Generator<object> {
      for (const delivery of deliveries(scale)) yield* rows(delivery);
    };
  return {
    tables: [
      { entity: WorkbookEditionEntity, about: editions.length, rows: () => editions },
      { entity: RpiwEntity, about: rpiws, rows: each(({ row }) => [row]) },
      { entity: PhaseChangeEntity, about: rpiws * 5, rows: each(({ phases }) => phases) },
      {
        entity: ImprovementProjectEntity,
        about: workItemsOfType(scale, "ImprovementProject"),
        rows: () => improvementProjectsAtScale(scale),
      },
      { entity: MetricEntity, about: rpiws * metricsOfRpiw, rows: each(metricRows) },
      { entity: ReadingEntity, about: rpiws * metricsOfRpiw * 13, rows: each(readingRows) },
      { entity: ReviewEntity, about: rpiws * 1.5, rows: each(reviewRows) },
      { entity: WorkbookChapterEntity, about: 10, rows: chapters },
      { entity: WorkbookExampleEntity, about: scale.workbookExamples, rows: () => examples(scale) },
      {
        entity: WorkbookExampleWorkstreamEntity,
        about: scale.workbookExamples * 1.25,
        rows: () => exampleWorkstreams(scale),
      },
      // They come with what `count_teaching` would count; a test of the whole compares the two.
      { entity: FacultyMembershipEntity, about: scale.people / 100, rows: () => faculty(scale) },
      {
        entity: TeachingRecordEntity,
        about: scale.people / 12,
        rows: () => teaching(scale),
        withoutTriggers: ["count_teaching"],
      },
    ],
    afterwards: publishEdition(numberedUuids.first, numberedUuids.last),
  };
}

function* deliveries(scale: Scale): Generator<DeliveryAtScale> {
  for (const number of workItemNumbers(scale, "Rpiw")) yield deliveryAtScale(scale, number);
}

function* faculty(scale: Scale): Generator<object> {
  for (const { row } of facultyAtScale(scale)) yield row;
}

function* teaching(scale: Scale): Generator<object> {
  for (const { records } of facultyAtScale(scale)) yield* records;
}
