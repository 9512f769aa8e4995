import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { problemWithPence, problemWithText } from "../budget/budget.rules.ts";
import { orRefused } from "../budget/refused-by-database.ts";
import { budgetCommitmentRefusals } from "./budget-commitment.refusals.ts";
import { BudgetCommitmentEntity, BudgetPaymentEntity } from "./budget-commitment.entity.ts";

export interface PayCommitmentInput {
  readonly commitmentId: string;
  readonly amountPence: number;
  /** The day, as a date. */
  readonly paidOn: string;
  readonly reference?: string | null;
}

/** Pays some or all of a commitment; resolves to the commitment's id. The last penny settles it. */
export async function payCommitment(
  { em, viewer, now }: UseCase,
  input: PayCommitmentInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office pays.");
  const reference = input.reference?.trim() ?? null;
  const problem =
    problemWithPence(input.amountPence) ?? (reference === null ? null : problemWithText("reference", reference, 100));
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (input.paidOn > now.toISOString().slice(0, 10))
    return commonRefusals.INVALID_INPUT("paidOn is in the future. Record a payment when it has been made.");
  if ((await em.count(BudgetCommitmentEntity, { id: input.commitmentId })) === 0)
    return commonRefusals.NOT_FOUND("There is no commitment with the id commitmentId.");
  await orRefused(
    em.insert(BudgetPaymentEntity, {
      id: newGlobalId("BudgetPayment", now),
      commitmentId: input.commitmentId,
      amountPence: input.amountPence,
      paidOn: input.paidOn,
      reference,
      recordedAt: now,
      source: "USER",
    }),
  );
  return { id: input.commitmentId };
}

/** Gives back to the line what is outstanding of an open commitment; resolves to its id. */
export async function releaseCommitment(
  { em, viewer }: UseCase,
  { commitmentId }: { readonly commitmentId: string },
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office releases commitments.");
  const where = { id: commitmentId, status: "OPEN" as const };
  if ((await orRefused(em.nativeUpdate(BudgetCommitmentEntity, where, { status: "RELEASED" }))) === 1)
    return { id: commitmentId };
  return (await em.count(BudgetCommitmentEntity, { id: commitmentId })) === 0
    ? commonRefusals.NOT_FOUND("There is no commitment with this id.")
    : budgetCommitmentRefusals.COMMITMENT_NOT_OPEN("This commitment is settled or released already.");
}
