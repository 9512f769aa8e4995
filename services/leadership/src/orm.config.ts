import { defineOrm } from "@clic/subgraph-kit";
import { migration as programmesAndEnrolments } from "../migrations/2026-11-22-programmes-and-enrolments.ts";
import { migration as leadershipInitiatives } from "../migrations/2026-11-26-leadership-initiatives.ts";
import { EnrolmentEntity } from "./enrolment/enrolment.entity.ts";
import { LeadershipInitiativeEntity } from "./leadership-initiative/leadership-initiative.entity.ts";
import { CohortEntity, ProgrammeEntity } from "./programme/programme.entity.ts";

export const orm = defineOrm({
  schema: "leadership",
  entities: [ProgrammeEntity, CohortEntity, EnrolmentEntity, LeadershipInitiativeEntity],
  migrations: [programmesAndEnrolments, leadershipInitiatives],
});
