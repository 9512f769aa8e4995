import { defineOrm } from "@clic/subgraph-kit";
import { migration as programmesAndEnrolments } from "../migrations/2026-11-22-programmes-and-enrolments.ts";
import { EnrolmentEntity } from "./enrolment/enrolment.entity.ts";
import { CohortEntity, ProgrammeEntity } from "./programme/programme.entity.ts";

export const orm = defineOrm({
  schema: "leadership",
  entities: [ProgrammeEntity, CohortEntity, EnrolmentEntity],
  migrations: [programmesAndEnrolments],
});
