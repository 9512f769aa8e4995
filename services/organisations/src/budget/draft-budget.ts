import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { BudgetEntity, BudgetLineEntity } from "./budget.entity.ts";
import { problemWithCode, problemWithPence, problemWithText, problemWithYear } from "./budget.rules.ts";
import { orRefused } from "./refused-by-database.ts";
import type { StrategyKey } from "../work-item/work-item.rules.ts";

export interface DraftBudgetInput {
  readonly financialYear: number;
  readonly title: string;
}

export interface AddBudgetLineInput {
  readonly budgetId: string;
  readonly code: string;
  readonly title: string;
  readonly strategy?: StrategyKey | null;
  readonly allocatedPence: number;
}

/** Begins a financial year's budget; resolves to its id. */
export async function draftBudget(
  { em, viewer, now }: UseCase,
  input: DraftBudgetInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office sets budgets.");
  const problem = problemWithYear(input.financialYear) ?? problemWithText("title", input.title, 200);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const id = newGlobalId("Budget", now);
  const row = { id, financialYear: input.financialYear, title: input.title.trim(), source: "USER" as const };
  await orRefused(em.insert(BudgetEntity, row));
  return { id };
}

/** Adds a line to a draft; resolves to its id. That the budget is still a draft, the database decides. */
export async function addBudgetLine(
  { em, viewer, now }: UseCase,
  input: AddBudgetLineInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office sets budgets.");
  const problem =
    problemWithCode(input.code) ??
    problemWithText("title", input.title, 200) ??
    problemWithPence(input.allocatedPence, 0);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if ((await em.count(BudgetEntity, { id: input.budgetId })) === 0)
    return commonRefusals.NOT_FOUND("There is no budget with the id budgetId.");
  const id = newGlobalId("BudgetLine", now);
  await orRefused(
    em.insert(BudgetLineEntity, {
      id,
      budgetId: input.budgetId,
      code: input.code,
      title: input.title.trim(),
      strategy: input.strategy ?? null,
      draftedPence: input.allocatedPence,
      source: "USER",
    }),
  );
  return { id };
}
