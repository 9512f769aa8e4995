import { listRows, listUnder, mutate, once, type Slice } from "@clic/subgraph-kit";
import { budgetCommitmentList } from "../budget-commitment/budget-commitment.list.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { people } from "../person/person.entity.ts";
import { readableId } from "../readable-id.ts";
import { budgetLines, budgets, virements } from "./budget.entity.ts";
import { budgetLineList, budgetList, virementList } from "./budget.list.ts";
import { budgetRefusals } from "./budget.refusals.ts";
import { daysOfYear } from "./budget.rules.ts";
import { changeBudgetStatus } from "./change-budget-status.ts";
import { addBudgetLine, draftBudget } from "./draft-budget.ts";
import { vireFunds } from "./vire-funds.ts";

const resolvers: Resolvers = {
  Query: {
    budget: (_, { id }, context) => budgets.byId(context, readableId(id, "Budget")),
    budgets: (_, args, context) => listRows(context, budgetList, args),
    budgetLines: (_, args, context) => listRows(context, budgetLineList, args),
    virements: (_, args, context) => listRows(context, virementList, args),
  },
  Mutation: {
    draftBudget: (_, { input }, context) => mutate(context, budgets, (useCase) => draftBudget(useCase, input)),
    addBudgetLine: (_, { input }, context) => mutate(context, budgetLines, (useCase) => addBudgetLine(useCase, input)),
    approveBudget: (_, { input }, context) =>
      mutate(context, budgets, (useCase) => changeBudgetStatus(useCase, { ...input, to: "APPROVED" })),
    closeBudget: (_, { input }, context) =>
      mutate(context, budgets, (useCase) => changeBudgetStatus(useCase, { ...input, to: "CLOSED" })),
    vireFunds: (_, { input }, context) =>
      mutate(context, virements, (useCase) =>
        once(useCase, { mutation: "vireFunds", input }, (inner) => vireFunds(inner, input)),
      ),
  },
  Budget: {
    __resolveReference: ({ id }, context) => budgets.byId(context, id),
    startsOn: ({ financialYear }) => daysOfYear(financialYear).startsOn,
    endsOn: ({ financialYear }) => daysOfYear(financialYear).endsOn,
    lines: ({ id }, args, context) => listUnder(context, budgetLineList, args, { property: "budgetId" }, id),
  },
  BudgetLine: {
    __resolveReference: ({ id }, context) => budgetLines.byId(context, id),
    budget: ({ budgetId }, _, context) => budgets.byId(context, budgetId),
    commitments: ({ id }, args, context) => listUnder(context, budgetCommitmentList, args, { property: "lineId" }, id),
  },
  Virement: {
    __resolveReference: ({ id }, context) => virements.byId(context, id),
    fromLine: ({ fromLineId }, _, context) => budgetLines.byId(context, fromLineId),
    toLine: ({ toLineId }, _, context) => budgetLines.byId(context, toLineId),
    madeBy: ({ madeById }, _, context) => (madeById == null ? null : people.byId(context, madeById)),
  },
};

export const budgetSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [budgetList, budgetLineList, virementList],
  refusals: budgetRefusals,
};
