import { defineList } from "@clic/subgraph-kit";
import { budgetLines, budgets, virements } from "./budget.entity.ts";

const pence = { filter: true, order: true, sum: true } as const;

export const budgetList = defineList({
  rows: budgets,
  node: "Budget",
  fields: {
    financialYear: { filter: true, order: true, group: true },
    title: { filter: true, order: true },
    status: { filter: true, order: true, group: true, enum: "BudgetStatus" },
    approvedAt: { filter: true, order: true, group: true },
    closedAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [
    { property: "financialYear", direction: "DESC" },
    { property: "title", direction: "ASC" },
  ],
});

export const budgetLineList = defineList({
  rows: budgetLines,
  node: "BudgetLine",
  fields: {
    budgetId: { filter: true, group: true },
    code: { filter: true, order: true, group: true },
    title: { filter: true, order: true },
    strategy: { filter: true, group: true, enum: "StrategyKey" },
    draftedPence: pence,
    allocatedPence: pence,
    committedPence: pence,
    spentPence: pence,
    availablePence: pence,
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "code", direction: "ASC" }],
});

export const virementList = defineList({
  rows: virements,
  node: "Virement",
  fields: {
    fromLineId: { filter: true, group: true },
    toLineId: { filter: true, group: true },
    amountPence: pence,
    madeById: { filter: true, group: true },
    madeAt: { filter: true, order: true, group: true },
    source: { filter: true, group: true, enum: "Source" },
  },
  defaultOrder: [{ property: "madeAt", direction: "DESC" }],
});
