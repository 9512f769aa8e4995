import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";
import type { CourseStatus } from "./course.rules.ts";

export type Source = "FOUNDING" | "DEMO" | "USER";

export const CourseEntity = defineEntity({
  name: "Course",
  tableName: "course",
  schema: "education_learning",
  properties: {
    id: p.type(idOf("Course")).primary(),
    code: p.text(),
    title: p.text(),
    status: p.text().$type<CourseStatus>(),
    providerId: p.type(idOf("Organisation")).nullable(),
    /** Raised by each revision; what was completed keeps the version of then. */
    version: p.integer().default(1),
    durationMinutes: p.integer().nullable(),
    source: p.text().$type<Source>(),
  },
});

/** Which courses belong to a workstream; the workstreams are Organisations'. */
export const CourseWorkstreamEntity = defineEntity({
  name: "CourseWorkstream",
  tableName: "course_workstream",
  schema: "education_learning",
  properties: {
    workstreamId: p.type(idOf("Workstream")).primary(),
    courseId: p.type(idOf("Course")).primary(),
    source: p.text().$type<Source>().default("USER"),
  },
});

export type CourseRow = Row<InferEntity<typeof CourseEntity>>;
export const courses = defineRows(CourseEntity, { type: "Course" });
