import { listRows, mutate, present, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { cohorts } from "../programme/programme.entity.ts";
import { applyForCohort } from "./apply-for-cohort.ts";
import { changeEnrolmentStatus } from "./change-enrolment-status.ts";
import { enrolments } from "./enrolment.entity.ts";
import { enrolmentList } from "./enrolment.list.ts";
import { enrolmentRefusals } from "./enrolment.refusals.ts";
import { attendanceRate } from "./enrolment.rules.ts";

const resolvers: Resolvers = {
  Query: { enrolments: (_, args, context) => listRows(context, enrolmentList, args) },
  Mutation: {
    applyForCohort: (_, { input }, context) => mutate(context, enrolments, (useCase) => applyForCohort(useCase, input)),
    changeEnrolmentStatus: (_, { input }, context) =>
      mutate(context, enrolments, (useCase) => changeEnrolmentStatus(useCase, input)),
  },
  Enrolment: {
    __resolveReference: ({ id }, context) => enrolments.byId(context, id),
    cohort: ({ cohortId }, _, context) => present(cohorts.byId(context, cohortId)),
    person: ({ personId }) => ({ __typename: "Person", id: personId }),
    organisation: ({ organisationId }) =>
      organisationId == null ? null : { __typename: "Organisation", id: organisationId },
    attendanceRate: ({ sessionsAttended, sessionsHeld }) => attendanceRate(sessionsAttended, sessionsHeld),
  },
};

export const enrolmentSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [enrolmentList],
  refusals: enrolmentRefusals,
};
