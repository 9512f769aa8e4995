import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { CompletionEntity } from "./completion.entity.ts";
import { completionRefusals } from "./completion.refusals.ts";
import { dayOf, mayRecord, reasonProblem } from "./completion.rules.ts";

/** Revokes a certificate under a row lock, for a reason that is kept; resolves to the completion's id or a refusal. */
export async function revokeCompletion(
  { em, viewer, now }: UseCase,
  input: { readonly completionId: string; readonly reason: string },
) {
  const problem = reasonProblem(input.reason);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const known = isGlobalId(input.completionId, "Completion")
    ? await em.findOne(CompletionEntity, { id: input.completionId })
    : null;
  if (known === null) return commonRefusals.NOT_FOUND(`There is no completion ${input.completionId}.`);
  if (!mayRecord(viewer, known.organisationId ?? null))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the organisation of then, revokes a certificate.");
  await em.refresh(known, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (known.revokedOn != null)
    return completionRefusals.COMPLETION_REVOKED_ALREADY(`This was revoked on ${known.revokedOn} already.`);
  known.revokedOn = dayOf(now);
  known.revocationReason = input.reason.trim();
  return { id: known.id };
}
