import { defineList } from "@clic/subgraph-kit";
import { courses } from "./course.entity.ts";

export const courseList = defineList({
  rows: courses,
  node: "Course",
  fields: {
    code: { filter: true, order: true },
    title: { filter: true, order: true },
    status: { filter: true, group: true, enum: "CourseStatus" },
    providerId: { filter: true, group: true },
    durationMinutes: { filter: true, order: true, sum: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  needs: { provider: ["providerId"] },
  defaultOrder: [{ property: "title", direction: "ASC" }],
});
