import { isRefusal, type UseCase } from "@clic/subgraph-kit";
import { dayAt } from "../calendar/day.rules.ts";
import { mayLeave } from "./faculty.rules.ts";
import { holdMembership } from "./hold-membership.ts";

/** Ends a membership of the faculty for good; resolves to its id or a refusal. Who comes back is nominated anew. */
export async function leaveFaculty(useCase: UseCase, input: { readonly membershipId: string }) {
  const membership = await holdMembership(useCase, input.membershipId, {
    by: "leaveFaculty",
    may: mayLeave,
    who: "A person leaves the faculty themselves, or the office ends it.",
  });
  if (isRefusal(membership)) return membership;
  membership.leftOn = dayAt(useCase.now);
  return { id: membership.id };
}
