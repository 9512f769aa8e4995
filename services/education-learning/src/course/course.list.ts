import { defineList } from "@clic/subgraph-kit";
import { courses } from "./course.entity.ts";

export const courseList = defineList({
  rows: courses,
  node: "Course",
  fields: {
    code: { filter: true, order: true },
    title: { filter: true, order: true },
    status: { filter: true, enum: "CourseStatus" },
    providerId: { filter: true },
    durationMinutes: { filter: true, order: true },
    source: { filter: true, enum: "Source" },
  },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
