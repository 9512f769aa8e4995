import { defineOrm } from "@clic/subgraph-kit";
import { migration as rpiws } from "../migrations/2026-11-22-rpiws.ts";
import { migration as improvementProjects } from "../migrations/2026-11-26-improvement-projects.ts";
import { migration as workbook } from "../migrations/2026-11-22-workbook.ts";
import { migration as faculty } from "../migrations/2026-11-25-faculty.ts";
import { FacultyMembershipEntity } from "./faculty/faculty-membership.entity.ts";
import { ImprovementProjectEntity } from "./improvement-project/improvement-project.entity.ts";
import { MetricEntity } from "./metric/metric.entity.ts";
import { ReadingEntity } from "./reading/reading.entity.ts";
import { ReviewEntity } from "./review/review.entity.ts";
import { PhaseChangeEntity, RpiwEntity } from "./rpiw/rpiw.entity.ts";
import { TeachingRecordEntity } from "./teaching/teaching-record.entity.ts";
import {
  WorkbookChapterEntity,
  WorkbookEditionEntity,
  WorkbookExampleEntity,
  WorkbookExampleWorkstreamEntity,
} from "./workbook/workbook.entity.ts";

export const orm = defineOrm({
  schema: "production_system",
  entities: [
    RpiwEntity,
    PhaseChangeEntity,
    ImprovementProjectEntity,
    MetricEntity,
    ReadingEntity,
    ReviewEntity,
    WorkbookEditionEntity,
    WorkbookChapterEntity,
    WorkbookExampleEntity,
    WorkbookExampleWorkstreamEntity,
    FacultyMembershipEntity,
    TeachingRecordEntity,
  ],
  migrations: [rpiws, workbook, faculty, improvementProjects],
});
