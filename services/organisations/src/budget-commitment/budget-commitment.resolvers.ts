import { listRows, listUnder, mutate, once, type Slice } from "@clic/subgraph-kit";
import { budgetLines } from "../budget/budget.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { people } from "../person/person.entity.ts";
import { workItems } from "../work-item/work-item.entity.ts";
import { budgetCommitments, budgetPayments } from "./budget-commitment.entity.ts";
import { budgetCommitmentList, budgetPaymentList } from "./budget-commitment.list.ts";
import { budgetCommitmentRefusals } from "./budget-commitment.refusals.ts";
import { commitFunds } from "./commit-funds.ts";
import { payCommitment, releaseCommitment } from "./pay-commitment.ts";

const resolvers: Resolvers = {
  Query: {
    budgetCommitments: (_, args, context) => listRows(context, budgetCommitmentList, args),
    budgetPayments: (_, args, context) => listRows(context, budgetPaymentList, args),
  },
  Mutation: {
    commitFunds: (_, { input }, context) =>
      mutate(context, budgetCommitments, (useCase) =>
        once(useCase, { mutation: "commitFunds", input }, (inner) => commitFunds(inner, input)),
      ),
    payCommitment: (_, { input }, context) => {
      const paidOn = new Date(input.paidOn).toISOString().slice(0, 10);
      return mutate(context, budgetCommitments, (useCase) =>
        once(useCase, { mutation: "payCommitment", input }, (inner) => payCommitment(inner, { ...input, paidOn })),
      );
    },
    releaseCommitment: (_, { input }, context) =>
      mutate(context, budgetCommitments, (useCase) => releaseCommitment(useCase, input)),
  },
  BudgetCommitment: {
    __resolveReference: ({ id }, context) => budgetCommitments.byId(context, id),
    line: ({ lineId }, _, context) => budgetLines.byId(context, lineId),
    workItem: ({ workItemId }, _, context) => (workItemId == null ? null : workItems.byId(context, workItemId)),
    committedBy: ({ committedById }, _, context) =>
      committedById == null ? null : people.byId(context, committedById),
    payments: ({ id }, args, context) => listUnder(context, budgetPaymentList, args, { property: "commitmentId" }, id),
  },
  BudgetPayment: {
    __resolveReference: ({ id }, context) => budgetPayments.byId(context, id),
    commitment: ({ commitmentId }, _, context) => budgetCommitments.byId(context, commitmentId),
  },
};

export const budgetCommitmentSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [budgetCommitmentList, budgetPaymentList],
  refusals: budgetCommitmentRefusals,
};
