import { type GraphContext, isRefusal, listRows, listUnder, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { enrolmentList } from "../enrolment/enrolment.list.ts";
import { planCohort, type PlanCohortInput } from "./plan-cohort.ts";
import { type CohortRow, cohorts, type ProgrammeRow, programmes } from "./programme.entity.ts";
import { cohortList, programmeList } from "./programme.list.ts";
import { placesLeft } from "./programme.rules.ts";

const resolvers = {
  Query: {
    programme: (_: unknown, { id }: { id: string }, context: GraphContext) => programmes.byId(context, id),
    programmes: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, programmeList, args),
    cohort: (_: unknown, { id }: { id: string }, context: GraphContext) => cohorts.byId(context, id),
    cohorts: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, cohortList, args),
  },
  Mutation: {
    planCohort: async (_: unknown, { input }: { input: PlanCohortInput }, context: GraphContext) => {
      const result = await context.transact((useCase) => planCohort(useCase, input));
      return isRefusal(result) ? result : await cohorts.byId(context, result.id);
    },
  },
  Programme: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => programmes.byId(context, id),
    initiative: ({ workItemId }: ProgrammeRow) => workItemId && { __typename: "LeadershipInitiative", id: workItemId },
    cohorts: ({ id }: ProgrammeRow, args: ListArguments, context: GraphContext) =>
      listUnder(context, cohortList, args, { property: "programmeId" }, id),
  },
  Cohort: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => cohorts.byId(context, id),
    programme: ({ programmeId }: CohortRow, _: unknown, context: GraphContext) => programmes.byId(context, programmeId),
    placesLeft: (cohort: CohortRow) => placesLeft(cohort),
    enrolments: ({ id }: CohortRow, args: ListArguments, context: GraphContext) =>
      listUnder(context, enrolmentList, args, { property: "cohortId" }, id),
  },
};

export const programmeSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [programmeList, cohortList] };
