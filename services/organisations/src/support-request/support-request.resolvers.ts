import {
  isRefusal,
  listRows,
  type GraphContext,
  type ListArguments,
  type Refusal,
  type Slice,
  type UseCase,
} from "@clic/subgraph-kit";
import { organisations } from "../organisation/organisation.entity.ts";
import { people } from "../person/person.entity.ts";
import { readableId } from "../readable-id.ts";
import { workItems } from "../work-item/work-item.entity.ts";
import { acceptSupportRequest } from "./accept-support-request.ts";
import { assessSupportRequest } from "./assess-support-request.ts";
import { assessments, type AssessmentRow } from "./assessment.entity.ts";
import { declineSupportRequest } from "./decline-support-request.ts";
import { sponsorSupportRequest } from "./sponsor-support-request.ts";
import { startScoping } from "./start-scoping.ts";
import { submitSupportRequest } from "./submit-support-request.ts";
import { supportRequests, type SupportRequestRow } from "./support-request.entity.ts";
import { supportRequestList } from "./support-request.list.ts";
import { supportRequestRefusals } from "./support-request.refusals.ts";
import { mayReadText } from "./support-request.rules.ts";
import { withdrawSupportRequest } from "./withdraw-support-request.ts";

interface Key {
  readonly id: string;
}

function mutation<Input>(work: (useCase: UseCase, input: Input) => Promise<Key | Refusal>) {
  return async (_: unknown, { input }: { input: Input }, context: GraphContext) => {
    const result = await context.transact((useCase) => work(useCase, input));
    return isRefusal(result) ? result : supportRequests.byId(context, result.id);
  };
}

const personOf = (context: GraphContext, id: string | null | undefined) =>
  id == null ? null : people.byId(context, id);

const resolvers = {
  Query: {
    supportRequest: (_: unknown, { id }: Key, context: GraphContext) =>
      supportRequests.byId(context, readableId(id, "SupportRequest")),
    supportRequests: (_: unknown, args: ListArguments, context: GraphContext) =>
      listRows(context, supportRequestList, args),
  },
  Mutation: {
    submitSupportRequest: mutation(submitSupportRequest),
    startScoping: mutation(startScoping),
    assessSupportRequest: mutation(assessSupportRequest),
    sponsorSupportRequest: mutation(sponsorSupportRequest),
    acceptSupportRequest: mutation(acceptSupportRequest),
    declineSupportRequest: mutation(declineSupportRequest),
    withdrawSupportRequest: mutation(withdrawSupportRequest),
  },
  SupportRequest: {
    __resolveReference: ({ id }: Key, context: GraphContext) => supportRequests.byId(context, id),
    requestedBy: ({ requestedById }: SupportRequestRow, _: unknown, context: GraphContext) =>
      organisations.byId(context, requestedById),
    requestedByPerson: ({ requestedByPersonId }: SupportRequestRow, _: unknown, context: GraphContext) =>
      personOf(context, requestedByPersonId),
    sponsor: ({ sponsorId }: SupportRequestRow, _: unknown, context: GraphContext) => personOf(context, sponsorId),
    sponsored: ({ sponsorId }: SupportRequestRow) => sponsorId != null,
    need: (row: SupportRequestRow, _: unknown, context: GraphContext) =>
      mayReadText(context.viewer, row) ? row.need : null,
    decisionReason: (row: SupportRequestRow, _: unknown, context: GraphContext) =>
      mayReadText(context.viewer, row) ? row.decisionReason : null,
    assessments: ({ id }: Key, _: unknown, context: GraphContext) =>
      assessments.manyBy(context, "supportRequestId", id, "assessedAt"),
    outcome: ({ id }: Key, _: unknown, context: GraphContext) => workItems.byKey(context, "supportRequestId", id),
  },
  SupportRequestAssessment: {
    assessor: ({ assessorId }: AssessmentRow, _: unknown, context: GraphContext) => personOf(context, assessorId),
  },
};

export const supportRequestSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [supportRequestList],
  refusals: supportRequestRefusals,
};
