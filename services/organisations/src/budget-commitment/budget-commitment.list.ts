import { defineList } from "@clic/subgraph-kit";
import { budgetCommitments, budgetPayments } from "./budget-commitment.entity.ts";

const pence = { filter: true, order: true, sum: true } as const;

export const budgetCommitmentList = defineList({
  rows: budgetCommitments,
  node: "BudgetCommitment",
  fields: {
    lineId: { filter: true, group: true },
    workItemId: { filter: true, group: true },
    status: { filter: true, order: true, group: true, enum: "BudgetCommitmentStatus" },
    amountPence: pence,
    paidPence: pence,
    outstandingPence: pence,
    committedById: { filter: true, group: true },
    committedAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "committedAt", direction: "DESC" }],
});

export const budgetPaymentList = defineList({
  rows: budgetPayments,
  node: "BudgetPayment",
  fields: {
    commitmentId: { filter: true, group: true },
    amountPence: pence,
    paidOn: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "paidOn", direction: "DESC" }],
});
