import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { BudgetEntity } from "./budget.entity.ts";
import { orRefused } from "./refused-by-database.ts";

/**
 * Approves a draft, so that money moves, or closes an approved budget for ever; resolves to its id. That the step is one
 * of `budgetTransitions`, and that nothing is open when it closes, the database decides.
 */
export async function changeBudgetStatus(
  { em, viewer, now }: UseCase,
  { budgetId, to }: { readonly budgetId: string; readonly to: "APPROVED" | "CLOSED" },
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("The office approves and closes budgets.");
  const change = to === "APPROVED" ? { status: to, approvedAt: now } : { status: to, closedAt: now };
  const changed = await orRefused(em.nativeUpdate(BudgetEntity, { id: budgetId }, change));
  return changed === 0 ? commonRefusals.NOT_FOUND("There is no budget with this id.") : { id: budgetId };
}
