import { listRows, mutate, type Slice } from "@clic/subgraph-kit";
import { criteria, criteriaSets } from "../criteria-set/criteria-set.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { people } from "../person/person.entity.ts";
import { supportRequests } from "../support-request/support-request.entity.ts";
import { assessSupportRequest } from "./assess-support-request.ts";
import { assessments, scores } from "./assessment.entity.ts";
import { scoreList } from "./assessment.list.ts";
import { assessmentRefusals } from "./assessment.refusals.ts";
import { mayReadRationales } from "./assessment.rules.ts";
import { moderateSupportRequest } from "./moderate-support-request.ts";

const resolvers: Resolvers = {
  Query: { scores: (_, args, context) => listRows(context, scoreList, args) },
  Mutation: {
    assessSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => assessSupportRequest(useCase, input)),
    moderateSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => moderateSupportRequest(useCase, input)),
  },
  SupportRequestAssessment: {
    __resolveReference: ({ id }, context) => assessments.byId(context, id),
    supportRequest: ({ supportRequestId }, _, context) => supportRequests.byId(context, supportRequestId),
    assessor: ({ assessorId }, _, context) => people.byId(context, assessorId),
    criteriaSet: ({ criteriaSetId }, _, context) => criteriaSets.byId(context, criteriaSetId),
    scores: ({ id }, _, context) => scores.manyBy(context, "assessmentId", id, "id"),
  },
  Score: {
    __resolveReference: ({ id }, context) => scores.byId(context, id),
    assessment: ({ assessmentId }, _, context) => assessments.byId(context, assessmentId),
    criterion: ({ criterionId }, _, context) => criteria.byId(context, criterionId),
    rationale: ({ rationale }, _, { viewer }) => (mayReadRationales(viewer) ? rationale : null),
  },
  SupportRequestModeration: {
    moderator: ({ moderatorId }, _, context) => people.byId(context, moderatorId),
    rationale: ({ rationale }, _, { viewer }) => (mayReadRationales(viewer) ? rationale : null),
  },
};

export const assessmentSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [scoreList],
  refusals: assessmentRefusals,
};
