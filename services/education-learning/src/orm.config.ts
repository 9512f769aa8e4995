import { defineOrm } from "@clic/subgraph-kit";
import { migration as coursesAndRollOuts } from "../migrations/2026-11-22-courses-and-roll-outs.ts";
import { migration as completions } from "../migrations/2026-11-25-completions.ts";
import { migration as compliance } from "../migrations/2026-11-25-compliance.ts";
import { migration as learningInitiatives } from "../migrations/2026-11-26-learning-initiatives.ts";
import { migration as standards } from "../migrations/2026-11-22-standards.ts";
import { CompletionEntity } from "./completion/completion.entity.ts";
import { CourseEntity, CourseWorkstreamEntity } from "./course/course.entity.ts";
import { EventCreditEntity } from "./event/event-credit.entity.ts";
import { MembershipEntity } from "./membership/membership.entity.ts";
import { RequirementProfileEntity } from "./requirement/requirement-profile.entity.ts";
import { LearningInitiativeEntity } from "./learning-initiative/learning-initiative.entity.ts";
import { RollOutEntity, RollOutSiteEntity } from "./roll-out/roll-out.entity.ts";
import { StandardAdoptionEntity } from "./standard-adoption/standard-adoption.entity.ts";
import { StandardEntity, StandardVersionEntity, StandardWorkstreamEntity } from "./standard/standard.entity.ts";

export const orm = defineOrm({
  schema: "education_learning",
  entities: [
    CourseEntity,
    CourseWorkstreamEntity,
    CompletionEntity,
    MembershipEntity,
    RequirementProfileEntity,
    LearningInitiativeEntity,
    RollOutEntity,
    RollOutSiteEntity,
    EventCreditEntity,
    StandardEntity,
    StandardVersionEntity,
    StandardWorkstreamEntity,
    StandardAdoptionEntity,
  ],
  migrations: [coursesAndRollOuts, standards, completions, compliance, learningInitiatives],
});
