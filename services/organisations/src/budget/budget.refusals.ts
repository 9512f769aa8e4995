import { defineRefusals } from "@clic/subgraph-kit";

export const budgetRefusals = defineRefusals({
  BUDGET_STATUS_REFUSED: {
    type: "BudgetStatusRefused",
    meaning:
      "The budget's status does not allow this: lines are added to a draft, money moves in an approved budget, a closed one stays as it is.",
  },
  BUDGET_TITLE_TAKEN: { type: "BudgetTitleTaken", meaning: "The financial year has a budget of this title." },
  BUDGET_LINE_CODE_TAKEN: { type: "BudgetLineCodeTaken", meaning: "The budget has a line with this code." },
  BUDGET_HAS_OPEN_COMMITMENTS: {
    type: "BudgetHasOpenCommitments",
    meaning: "Commitments are open. Pay or release them, then close the budget.",
  },
  OVER_BUDGET: {
    type: "OverBudget",
    meaning: "The line has less left than that. Ask for less, or vire to it first. Nothing was written.",
  },
});
