import { badInput, type GraphContext, isRefusal, listRows, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { changeCourseStatus } from "./change-course-status.ts";
import { type CourseRow, courses } from "./course.entity.ts";
import { courseList } from "./course.list.ts";
import { courseRefusals } from "./course.refusals.ts";
import type { CourseStatus } from "./course.rules.ts";
import { createCourse, type CreateCourseInput } from "./create-course.ts";

const read = async (context: GraphContext, result: object & { id?: string }) =>
  isRefusal(result) ? result : await courses.byId(context, result.id as string);

const resolvers = {
  Query: {
    course: (_: unknown, { id, code }: { id?: string | null; code?: string | null }, context: GraphContext) => {
      if ((id == null) === (code == null)) throw badInput("Give id or code, and only one of them.");
      return id == null ? courses.byKey(context, "code", code as string) : courses.byId(context, id);
    },
    courses: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, courseList, args),
  },
  Mutation: {
    createCourse: async (_: unknown, { input }: { input: CreateCourseInput }, context: GraphContext) =>
      read(context, await context.transact((useCase) => createCourse(useCase, input))),
    changeCourseStatus: async (
      _: unknown,
      { input }: { input: { courseId: string; status: CourseStatus } },
      context: GraphContext,
    ) => read(context, await context.transact((useCase) => changeCourseStatus(useCase, input))),
  },
  Course: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => courses.byId(context, id),
    provider: ({ providerId }: CourseRow) => providerId && { __typename: "Organisation", id: providerId },
  },
};

export const courseSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [courseList],
  refusals: courseRefusals,
};
