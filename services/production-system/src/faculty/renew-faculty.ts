import { isRefusal, type UseCase } from "@clic/subgraph-kit";
import { dayAt } from "../calendar/day.rules.ts";
import { facultyRefusals } from "./faculty.refusals.ts";
import { hasTaughtSince, mayAccredit, renewableFrom, renewedUntil } from "./faculty.rules.ts";
import { holdMembership } from "./hold-membership.ts";

/** Renews an accreditation for a year, lapsed or not; resolves to the membership's id or a refusal. */
export async function renewFaculty(useCase: UseCase, input: { readonly membershipId: string }) {
  const membership = await holdMembership(useCase, input.membershipId, {
    by: "renewFaculty",
    may: mayAccredit,
    who: "The office renews, and nobody themselves.",
  });
  if (isRefusal(membership)) return membership;
  const today = dayAt(useCase.now);
  const from = renewableFrom(membership);
  if (from !== null && today < from)
    return facultyRefusals.FACULTY_RENEWAL_EARLY(`It can be renewed from ${from} on.`, { from });
  if (!hasTaughtSince(membership))
    return facultyRefusals.FACULTY_EVIDENCE_MISSING("Renewal needs a session taught since the last one.");
  membership.accreditedUntil = renewedUntil(membership, today);
  membership.renewedOn = today;
  return { id: membership.id };
}
