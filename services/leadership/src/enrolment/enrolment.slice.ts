import { type GraphContext, isRefusal, type Slice } from "@clic/subgraph-kit";
import { cohorts } from "../programme/programme.entity.ts";
import { applyForCohort } from "./apply-for-cohort.ts";
import { changeEnrolmentStatus } from "./change-enrolment-status.ts";
import { type EnrolmentRow, enrolments } from "./enrolment.entity.ts";
import { enrolmentList } from "./enrolment.list.ts";
import { enrolmentRefusals } from "./enrolment.refusals.ts";
import { attendanceRate, type EnrolmentStatus } from "./enrolment.rules.ts";

const read = async (context: GraphContext, result: object & { id?: string }) =>
  isRefusal(result) ? result : await enrolments.byId(context, result.id as string);

const resolvers = {
  Mutation: {
    applyForCohort: async (_: unknown, { input }: { input: { cohortId: string } }, context: GraphContext) =>
      read(context, await context.transact((useCase) => applyForCohort(useCase, input))),
    changeEnrolmentStatus: async (
      _: unknown,
      { input }: { input: { enrolmentId: string; status: EnrolmentStatus } },
      context: GraphContext,
    ) => read(context, await context.transact((useCase) => changeEnrolmentStatus(useCase, input))),
  },
  Enrolment: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => enrolments.byId(context, id),
    cohort: ({ cohortId }: EnrolmentRow, _: unknown, context: GraphContext) => cohorts.byId(context, cohortId),
    person: ({ personId }: EnrolmentRow) => ({ __typename: "Person", id: personId }),
    organisation: ({ organisationId }: EnrolmentRow) =>
      organisationId && { __typename: "Organisation", id: organisationId },
    attendanceRate: ({ sessionsAttended, sessionsHeld }: EnrolmentRow) =>
      attendanceRate(sessionsAttended, sessionsHeld),
  },
};

export const enrolmentSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [enrolmentList],
  refusals: enrolmentRefusals,
};
