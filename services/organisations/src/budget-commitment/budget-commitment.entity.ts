import { defineRows, idOf, type Row } from "@clic/subgraph-kit";
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Source } from "../source.rules.ts";
import type { BudgetCommitmentStatus } from "../budget/budget.rules.ts";
import { budgetSight } from "../budget/budget.rules.ts";

export const BudgetCommitmentEntity = defineEntity({
  name: "BudgetCommitment",
  tableName: "budget_commitment",
  schema: "organisations",
  properties: {
    id: p.type(idOf("BudgetCommitment")).primary(),
    lineId: p.type(idOf("BudgetLine")),
    /** The whole global id, since its prefix varies with the type. */
    workItemId: p.text().nullable(),
    description: p.text(),
    amountPence: p.bigint("number"),
    // The database keeps these two.
    paidPence: p.bigint("number").default(0),
    outstandingPence: p.bigint("number").default(0),
    status: p.text().$type<BudgetCommitmentStatus>().default("OPEN"),
    committedById: p.type(idOf("Person")).nullable(),
    committedAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>(),
  },
});

export const BudgetPaymentEntity = defineEntity({
  name: "BudgetPayment",
  tableName: "budget_payment",
  schema: "organisations",
  properties: {
    id: p.type(idOf("BudgetPayment")).primary(),
    commitmentId: p.type(idOf("BudgetCommitment")),
    amountPence: p.bigint("number"),
    paidOn: p.date(),
    reference: p.text().nullable(),
    recordedAt: p.datetime().columnType("timestamptz(3)"),
    source: p.text().$type<Source>(),
  },
});

export type BudgetCommitmentRow = Row<InferEntity<typeof BudgetCommitmentEntity>>;
export type BudgetPaymentRow = Row<InferEntity<typeof BudgetPaymentEntity>>;
export const budgetCommitments = defineRows(BudgetCommitmentEntity, { type: "BudgetCommitment", sight: budgetSight });
export const budgetPayments = defineRows(BudgetPaymentEntity, { type: "BudgetPayment", sight: budgetSight });
