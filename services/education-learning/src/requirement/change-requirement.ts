import { newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, rollback, type UseCase } from "@clic/subgraph-kit";
import { dayOf } from "../completion/completion.rules.ts";
import { addRequirement } from "./add-requirement.ts";
import { holdRequirement } from "./hold-requirement.ts";
import { requirementRefusals } from "./requirement.refusals.ts";
import { dayProblem, frequencyProblem } from "./requirement.rules.ts";

export interface ChangeRequirementInput {
  readonly requirementId: string;
  readonly everyMonths?: number | null;
  readonly from?: Date | null;
}

/**
 * Requires the course of the same people as often as is said now, from a day on: the requirement is retired from that day,
 * and another takes its place, so that what was required before can still be asked. Resolves to the new one's id or a refusal.
 */
export async function changeRequirement(useCase: UseCase, input: ChangeRequirementInput) {
  const { em, now } = useCase;
  const today = dayOf(now);
  const asked = input.from == null ? today : dayOf(input.from);
  const everyMonths = input.everyMonths ?? null;
  const problem = frequencyProblem(everyMonths) ?? dayProblem(asked, today);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const before = await holdRequirement(useCase, input.requirementId);
  if (isRefusal(before)) return before;
  // One that has yet to begin is retired before it ever was in force.
  const startsOn = asked < before.startsOn ? before.startsOn : asked;
  before.retiredFrom = startsOn;
  await em.flush();
  const id = newGlobalId("RequirementProfile", now);
  const { role = null, organisationKind = null, courseId } = before;
  if (!(await addRequirement(em, { id, role, organisationKind, courseId, everyMonths, startsOn })))
    rollback(requirementRefusals.REQUIRED_ALREADY("The course is required of these people already."));
  return { id };
}
