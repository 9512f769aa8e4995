import { isGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { holdMembership } from "./hold-membership.ts";

/** Gives a membership another coach, or none; resolves to its id or a refusal. */
export async function assignCoach(
  useCase: UseCase,
  input: { readonly membershipId: string; readonly coachId?: string | null },
) {
  const coachId = input.coachId ?? null;
  if (coachId !== null && !isGlobalId(coachId, "Person"))
    return commonRefusals.INVALID_INPUT("A coach is a person (per_…).");
  // As long as somebody could still leave, they have not.
  const membership = await holdMembership(useCase, input.membershipId, {
    by: "leaveFaculty",
    may: ({ scopes }) => scopes.has("operations:write"),
    who: "Only the office assigns coaches.",
  });
  if (isRefusal(membership)) return membership;
  if (coachId === membership.personId) return commonRefusals.INVALID_INPUT("Nobody coaches themselves.");
  membership.coachId = coachId;
  return { id: membership.id };
}
