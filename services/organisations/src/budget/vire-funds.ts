import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { BudgetLineEntity, VirementEntity } from "./budget.entity.ts";
import { problemWithPence, problemWithText } from "./budget.rules.ts";
import { orRefused } from "./refused-by-database.ts";

export interface VireFundsInput {
  readonly fromLineId: string;
  readonly toLineId: string;
  readonly amountPence: number;
  readonly reason: string;
}

/** Moves an allocation from one line of a budget to another; resolves to the virement's id. The sum stays as it was. */
export async function vireFunds(
  { em, viewer, now }: UseCase,
  input: VireFundsInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office vires.");
  const problem = problemWithPence(input.amountPence) ?? problemWithText("reason", input.reason, 500);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (input.fromLineId === input.toLineId)
    return commonRefusals.INVALID_INPUT("A virement is between two lines; name another toLineId.");
  if ((await em.count(BudgetLineEntity, { id: { $in: [input.fromLineId, input.toLineId] } })) < 2)
    return commonRefusals.NOT_FOUND("There is no budget line with the id fromLineId or toLineId.");
  const id = newGlobalId("Virement", now);
  await orRefused(
    em.insert(VirementEntity, {
      id,
      fromLineId: input.fromLineId,
      toLineId: input.toLineId,
      amountPence: input.amountPence,
      reason: input.reason.trim(),
      madeById: viewer.personId,
      madeAt: now,
      source: "USER",
    }),
  );
  return { id };
}
