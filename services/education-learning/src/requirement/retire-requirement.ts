import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { dayOf } from "../completion/completion.rules.ts";
import { holdRequirement } from "./hold-requirement.ts";
import { dayProblem } from "./requirement.rules.ts";

/** Ends a requirement from a day on; resolves to its id or a refusal. One that has yet to begin never does. */
export async function retireRequirement(
  useCase: UseCase,
  input: { readonly requirementId: string; readonly from?: Date | null },
) {
  const today = dayOf(useCase.now);
  const from = input.from == null ? today : dayOf(input.from);
  const problem = dayProblem(from, today);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const requirement = await holdRequirement(useCase, input.requirementId);
  if (isRefusal(requirement)) return requirement;
  requirement.retiredFrom = from < requirement.startsOn ? requirement.startsOn : from;
  return { id: requirement.id };
}
