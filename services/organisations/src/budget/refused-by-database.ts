import { type Refusal, rollback } from "@clic/subgraph-kit";
import { budgetCommitmentRefusals } from "../budget-commitment/budget-commitment.refusals.ts";
import { budgetRefusals } from "./budget.refusals.ts";

/** What each constraint of the budget's tables means to who ran into it. */
const refusals: Readonly<Record<string, () => Refusal>> = {
  budget_one_a_title: () =>
    budgetRefusals.BUDGET_TITLE_TAKEN("This financial year has a budget of this title. Choose another one."),
  budget_line_code_taken: () =>
    budgetRefusals.BUDGET_LINE_CODE_TAKEN("This budget has a line with this code. Choose another one."),
  budget_line_available: () =>
    budgetRefusals.OVER_BUDGET("The line has less left than that. Ask for less, or vire to it first."),
  budget_not_draft: () =>
    budgetRefusals.BUDGET_STATUS_REFUSED("Lines are added to a draft; this budget has been approved. Vire instead."),
  budget_not_approved: () =>
    budgetRefusals.BUDGET_STATUS_REFUSED("Money moves in an approved budget alone; this one is a draft or closed."),
  budget_status: () =>
    budgetRefusals.BUDGET_STATUS_REFUSED("A budget is drafted, then approved, then closed; never the other way."),
  budget_has_open_commitments: () =>
    budgetRefusals.BUDGET_HAS_OPEN_COMMITMENTS("Commitments of this budget are open. Pay or release them first."),
  budget_commitment_open: () =>
    budgetCommitmentRefusals.COMMITMENT_NOT_OPEN("This commitment is settled or released. Make a new one."),
  budget_commitment_paid_within: () =>
    budgetCommitmentRefusals.MORE_THAN_COMMITTED("This is more than what is outstanding. Commit the rest first."),
  virement_one_budget: () =>
    budgetRefusals.BUDGET_STATUS_REFUSED("A virement stays within one budget; these lines are of two."),
};

/** Writes; where the database refuses what a rule forbids, undoes all of the use case and answers with the refusal. */
export async function orRefused<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    const refusal = refusals[(error as { constraint?: string }).constraint ?? ""];
    if (refusal === undefined) throw error;
    return rollback(refusal());
  }
}
