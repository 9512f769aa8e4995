import { defineOrm } from "@clic/subgraph-kit";
import { migration as coursesAndRollOuts } from "../migrations/2026-11-22-courses-and-roll-outs.ts";
import { CourseEntity, CourseWorkstreamEntity } from "./course/course.entity.ts";
import { EventCreditEntity } from "./event/event-credit.entity.ts";
import { RollOutEntity, RollOutSiteEntity } from "./roll-out/roll-out.entity.ts";

export const orm = defineOrm({
  schema: "education_learning",
  entities: [CourseEntity, CourseWorkstreamEntity, RollOutEntity, RollOutSiteEntity, EventCreditEntity],
  migrations: [coursesAndRollOuts],
});
