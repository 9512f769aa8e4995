import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { Source } from "../course/course.entity.ts";
import type { OrganisationKind } from "./requirement.rules.ts";

/** That some people must have completed a course, from a day on. It is never changed, only retired. */
export const RequirementProfileEntity = defineEntity({
  name: "RequirementProfile",
  tableName: "requirement_profile",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("RequirementProfile")).primary(),
    role: p.text().nullable(),
    organisationKind: p.text().$type<OrganisationKind>().nullable(),
    courseId: p.type(idOf("Course")),
    everyMonths: p.integer().nullable(),
    startsOn: p.date(),
    /** The first day on which it is not required any more; null while nobody has retired it. */
    retiredFrom: p.date().nullable(),
    source: p.text().$type<Source>(),
  },
});

export type RequirementProfileRow = Row<InferEntity<typeof RequirementProfileEntity>>;
export const requirementProfiles = defineRows(RequirementProfileEntity, { type: "RequirementProfile" });
