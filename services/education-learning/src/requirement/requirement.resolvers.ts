import { listRows, mutate, present, type Slice } from "@clic/subgraph-kit";
import { courses } from "../course/course.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { changeRequirement } from "./change-requirement.ts";
import { requireCourse } from "./require-course.ts";
import { requirementProfiles } from "./requirement-profile.entity.ts";
import { requirementProfileList } from "./requirement.list.ts";
import { requirementRefusals } from "./requirement.refusals.ts";
import { retireRequirement } from "./retire-requirement.ts";

const resolvers: Resolvers = {
  Query: {
    requirementProfile: (_, { id }, context) => requirementProfiles.byId(context, id),
    requirementProfiles: (_, args, context) => listRows(context, requirementProfileList, args),
  },
  Mutation: {
    requireCourse: (_, { input }, context) =>
      mutate(context, requirementProfiles, (useCase) => requireCourse(useCase, input)),
    changeRequirement: (_, { input }, context) =>
      mutate(context, requirementProfiles, (useCase) => changeRequirement(useCase, input)),
    retireRequirement: (_, { input }, context) =>
      mutate(context, requirementProfiles, (useCase) => retireRequirement(useCase, input)),
  },
  RequirementProfile: {
    __resolveReference: ({ id }, context) => requirementProfiles.byId(context, id),
    course: ({ courseId }, _, context) => present(courses.byId(context, courseId)),
  },
};

export const requirementSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [requirementProfileList],
  refusals: requirementRefusals,
};
