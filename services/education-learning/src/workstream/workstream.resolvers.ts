import { decodeGlobalId } from "@clic/global-id";
import { listUnder, type Slice, type Under } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { courseList } from "../course/course.list.ts";
import { standardList } from "../standard/standard.list.ts";

const coursesOf: Under = { table: "course_workstream", parent: "workstream_id", child: "course_id", type: "uuid" };
const standardsOf: Under = {
  table: "standard_workstream",
  parent: "workstream_id",
  child: "standard_id",
  type: "uuid",
};

const resolvers: Resolvers = {
  Workstream: {
    __resolveReference: (reference) => reference,
    courses: ({ id }, args, context) =>
      listUnder(context, courseList, args, coursesOf, decodeGlobalId(id, "Workstream").uuid),
    standards: ({ id }, args, context) =>
      listUnder(context, standardList, args, standardsOf, decodeGlobalId(id, "Workstream").uuid),
  },
};

export const workstreamSlice: Slice = { directory: import.meta.dirname, resolvers };
