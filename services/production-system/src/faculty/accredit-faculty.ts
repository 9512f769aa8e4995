import { isRefusal, type UseCase } from "@clic/subgraph-kit";
import { dayAt } from "../calendar/day.rules.ts";
import { facultyRefusals } from "./faculty.refusals.ts";
import { aYearAfter, mayAccredit, missingEvidence } from "./faculty.rules.ts";
import { holdMembership } from "./hold-membership.ts";

/** Accredits somebody in training for a year, on the evidence that is recorded; resolves to the membership's id or a refusal. */
export async function accreditFaculty(useCase: UseCase, input: { readonly membershipId: string }) {
  const membership = await holdMembership(useCase, input.membershipId, {
    by: "accreditFaculty",
    may: mayAccredit,
    who: "The office accredits, and nobody themselves.",
  });
  if (isRefusal(membership)) return membership;
  const missing = missingEvidence(membership);
  if (missing.length > 0) return facultyRefusals.FACULTY_EVIDENCE_MISSING(`Accreditation needs ${missing.join(", ")}.`);
  const today = dayAt(useCase.now);
  membership.accreditedOn = today;
  membership.accreditedUntil = aYearAfter(today);
  return { id: membership.id };
}
