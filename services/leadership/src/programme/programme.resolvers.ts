import { listRows, listUnder, mutate, present, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { enrolmentList } from "../enrolment/enrolment.list.ts";
import { planCohort } from "./plan-cohort.ts";
import { cohorts, programmes } from "./programme.entity.ts";
import { cohortList, programmeList } from "./programme.list.ts";
import { placesLeft } from "./programme.rules.ts";

const resolvers: Resolvers = {
  Query: {
    programme: (_, { id }, context) => programmes.byId(context, id),
    programmes: (_, args, context) => listRows(context, programmeList, args),
    cohort: (_, { id }, context) => cohorts.byId(context, id),
    cohorts: (_, args, context) => listRows(context, cohortList, args),
  },
  Mutation: {
    planCohort: (_, { input }, context) => mutate(context, cohorts, (useCase) => planCohort(useCase, input)),
  },
  Programme: {
    __resolveReference: ({ id }, context) => programmes.byId(context, id),
    initiative: ({ workItemId }) =>
      workItemId == null ? null : { __typename: "LeadershipInitiative", id: workItemId },
    cohorts: ({ id }, args, context) => listUnder(context, cohortList, args, { property: "programmeId" }, id),
  },
  Cohort: {
    __resolveReference: ({ id }, context) => cohorts.byId(context, id),
    programme: ({ programmeId }, _, context) => present(programmes.byId(context, programmeId)),
    placesLeft: (cohort) => placesLeft(cohort),
    enrolments: ({ id }, args, context) => listUnder(context, enrolmentList, args, { property: "cohortId" }, id),
  },
};

export const programmeSlice: Slice = { directory: import.meta.dirname, resolvers, lists: [programmeList, cohortList] };
