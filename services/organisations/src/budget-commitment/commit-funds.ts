import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { BudgetLineEntity } from "../budget/budget.entity.ts";
import { problemWithPence, problemWithText } from "../budget/budget.rules.ts";
import { orRefused } from "../budget/refused-by-database.ts";
import { BudgetCommitmentEntity } from "./budget-commitment.entity.ts";
import { WorkItemEntity } from "../work-item/work-item.entity.ts";

export interface CommitFundsInput {
  readonly lineId: string;
  readonly amountPence: number;
  readonly description: string;
  readonly workItemId?: string | null;
}

/** Sets money of a line aside; resolves to the commitment's id. Whether so much is left, the line's constraint decides. */
export async function commitFunds(
  { em, viewer, now }: UseCase,
  input: CommitFundsInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office commits money.");
  const problem = problemWithPence(input.amountPence) ?? problemWithText("description", input.description, 500);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if ((await em.count(BudgetLineEntity, { id: input.lineId })) === 0)
    return commonRefusals.NOT_FOUND("There is no budget line with the id lineId.");
  if (input.workItemId != null && (await em.count(WorkItemEntity, { id: input.workItemId })) === 0)
    return commonRefusals.NOT_FOUND("There is no work item with the id workItemId.");
  const id = newGlobalId("BudgetCommitment", now);
  await orRefused(
    em.insert(BudgetCommitmentEntity, {
      id,
      lineId: input.lineId,
      workItemId: input.workItemId ?? null,
      description: input.description.trim(),
      amountPence: input.amountPence,
      committedById: viewer.personId,
      committedAt: now,
      source: "USER",
    }),
  );
  return { id };
}
