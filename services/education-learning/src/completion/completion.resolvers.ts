import { listRows, mutate, present, type Slice } from "@clic/subgraph-kit";
import { courses } from "../course/course.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { whyItExpires } from "./certificate-expiry.rules.ts";
import { completions } from "./completion.entity.ts";
import { completionList } from "./completion.list.ts";
import { completionRefusals } from "./completion.refusals.ts";
import { certificateStatus, dayOf, mayReadPerson } from "./completion.rules.ts";
import { recordCompletion } from "./record-completion.ts";
import { revokeCompletion } from "./revoke-completion.ts";

const resolvers: Resolvers = {
  Query: {
    completion: (_, { id }, context) => completions.byId(context, id),
    completions: (_, args, context) => listRows(context, completionList, args),
  },
  Mutation: {
    recordCompletion: (_, { input }, context) =>
      mutate(context, completions, (useCase) => recordCompletion(useCase, input)),
    revokeCompletion: (_, { input }, context) =>
      mutate(context, completions, (useCase) => revokeCompletion(useCase, input)),
  },
  Completion: {
    __resolveReference: ({ id }, context) => completions.byId(context, id),
    person: ({ personId }, _, { viewer }) =>
      mayReadPerson(viewer, personId) ? { __typename: "Person", id: personId } : null,
    course: ({ courseId }, _, context) => present(courses.byId(context, courseId)),
    organisation: ({ organisationId }) =>
      organisationId == null ? null : { __typename: "Organisation", id: organisationId },
    expiry: (completion) => whyItExpires(completion),
    countedFrom: ({ countedFrom, completedOn }) => countedFrom ?? completedOn,
    status: (completion, _, { now }) => certificateStatus(completion, dayOf(now)),
    revocationReason: ({ personId, revocationReason }, _, { viewer }) =>
      mayReadPerson(viewer, personId) ? revocationReason : null,
  },
};

export const completionSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [completionList],
  refusals: completionRefusals,
};
