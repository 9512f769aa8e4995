import { listRows, mutate, once, type GraphContext, type Slice } from "@clic/subgraph-kit";
import { assessments, moderations } from "../assessment/assessment.entity.ts";
import { criteriaSets } from "../criteria-set/criteria-set.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { readableId } from "../readable-id.ts";
import { workItems } from "../work-item/work-item.entity.ts";
import { acceptSupportRequest } from "./accept-support-request.ts";
import { declineSupportRequest } from "./decline-support-request.ts";
import { redirectSupportRequest } from "./redirect-support-request.ts";
import { sponsorSupportRequest } from "./sponsor-support-request.ts";
import { startScoping } from "./start-scoping.ts";
import { submitSupportRequest } from "./submit-support-request.ts";
import { supportRequests } from "./support-request.entity.ts";
import { supportRequestList } from "./support-request.list.ts";
import { supportRequestRefusals } from "./support-request.refusals.ts";
import { mayReadText } from "./support-request.rules.ts";
import { withdrawSupportRequest } from "./withdraw-support-request.ts";

function personOf(context: GraphContext, id: string | null | undefined) {
  return id == null ? null : people.byId(context, id);
}

const resolvers: Resolvers = {
  Query: {
    supportRequest: (_, { id }, context) => supportRequests.byId(context, readableId(id, "SupportRequest")),
    supportRequests: (_, args, context) => listRows(context, supportRequestList, args),
  },
  Mutation: {
    submitSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) =>
        once(useCase, { mutation: "submitSupportRequest", input }, (inner) => submitSupportRequest(inner, input)),
      ),
    startScoping: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => startScoping(useCase, input)),
    sponsorSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => sponsorSupportRequest(useCase, input)),
    acceptSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => acceptSupportRequest(useCase, input)),
    declineSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => declineSupportRequest(useCase, input)),
    redirectSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => redirectSupportRequest(useCase, input)),
    withdrawSupportRequest: (_, { input }, context) =>
      mutate(context, supportRequests, (useCase) => withdrawSupportRequest(useCase, input)),
  },
  SupportRequest: {
    __resolveReference: ({ id }, context) => supportRequests.byId(context, id),
    requestedBy: ({ requestedById }, _, context) => organisations.byId(context, requestedById),
    requestedByPerson: ({ requestedByPersonId }, _, context) => personOf(context, requestedByPersonId),
    sponsor: ({ sponsorId }, _, context) => personOf(context, sponsorId),
    sponsored: ({ sponsorId }) => sponsorId != null,
    need: (request, _, context) => (mayReadText(context.viewer, request) ? request.need : null),
    decisionReason: (request, _, context) =>
      mayReadText(context.viewer, request) ? (request.decisionReason ?? null) : null,
    criteriaSet: ({ criteriaSetId }, _, context) =>
      criteriaSetId == null ? null : criteriaSets.byId(context, criteriaSetId),
    moderation: ({ id }, _, context) => moderations.byKey(context, "supportRequestId", id),
    redirectedTo: ({ redirectedToId }, _, context) =>
      redirectedToId == null ? null : organisations.byId(context, redirectedToId),
    redirectedToBody: (request, _, context) =>
      mayReadText(context.viewer, request) ? (request.redirectedToBody ?? null) : null,
    assessments: ({ id }, _, context) => assessments.manyBy(context, "supportRequestId", id, "assessedAt"),
    outcome: ({ id }, _, context) => workItems.byKey(context, "supportRequestId", id),
  },
};

export const supportRequestSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [supportRequestList],
  refusals: supportRequestRefusals,
};
