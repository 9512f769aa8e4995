import { decodeGlobalId } from "@clic/global-id";
import { type GraphContext, listUnder, type ListArguments, type Slice, type Under } from "@clic/subgraph-kit";
import { courseList } from "../course/course.list.ts";

const byWorkstream: Under = { table: "course_workstream", parent: "workstream_id", child: "course_id", type: "uuid" };

const resolvers = {
  Workstream: {
    __resolveReference: (reference: { id: string }) => reference,
    courses: ({ id }: { id: string }, args: ListArguments, context: GraphContext) =>
      listUnder(context, courseList, args, byWorkstream, decodeGlobalId(id, "Workstream").uuid),
  },
};

export const workstreamSlice: Slice = { directory: import.meta.dirname, resolvers };
