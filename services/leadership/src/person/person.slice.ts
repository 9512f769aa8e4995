import { type GraphContext, listUnder, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { enrolmentList } from "../enrolment/enrolment.list.ts";

const resolvers = {
  Person: {
    __resolveReference: (reference: { id: string }) => reference,
    leadershipEnrolments: ({ id }: { id: string }, args: ListArguments, context: GraphContext) =>
      listUnder(context, enrolmentList, args, { property: "personId" }, id),
  },
};

export const personSlice: Slice = { directory: import.meta.dirname, resolvers };
