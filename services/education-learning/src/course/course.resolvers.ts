import { badInput, listRows, mutate, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { changeCourseStatus } from "./change-course-status.ts";
import { courses } from "./course.entity.ts";
import { courseList } from "./course.list.ts";
import { courseRefusals } from "./course.refusals.ts";
import { createCourse } from "./create-course.ts";
import { reviseCourse } from "./revise-course.ts";

const resolvers: Resolvers = {
  Query: {
    course: (_, { id, code }, context) => {
      if ((id == null) === (code == null)) throw badInput("Give id or code, and only one of them.");
      return id == null ? courses.byKey(context, "code", code as string) : courses.byId(context, id);
    },
    courses: (_, args, context) => listRows(context, courseList, args),
  },
  Mutation: {
    createCourse: (_, { input }, context) => mutate(context, courses, (useCase) => createCourse(useCase, input)),
    changeCourseStatus: (_, { input }, context) =>
      mutate(context, courses, (useCase) => changeCourseStatus(useCase, input)),
    reviseCourse: (_, { input }, context) => mutate(context, courses, (useCase) => reviseCourse(useCase, input)),
  },
  Course: {
    __resolveReference: ({ id }, context) => courses.byId(context, id),
    provider: ({ providerId }) => (providerId == null ? null : { __typename: "Organisation", id: providerId }),
  },
};

export const courseSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [courseList],
  refusals: courseRefusals,
};
