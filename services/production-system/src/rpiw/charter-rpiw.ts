import { isGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { changePhase } from "./change-phase.ts";
import { lockRpiw } from "./lock-rpiw.ts";
import { charterProblem } from "./rpiw.rules.ts";

export interface CharterRpiwInput {
  readonly rpiwId: string;
  readonly processOwnerId: string;
  readonly sponsorId?: string | null;
  readonly teamSize: number;
}

/** Charters a proposed RPIW with its process owner and team; resolves to its id or a refusal. */
export async function charterRpiw(useCase: UseCase, input: CharterRpiwInput) {
  const problem = charterProblem(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (
    !isGlobalId(input.processOwnerId, "Person") ||
    (input.sponsorId != null && !isGlobalId(input.sponsorId, "Person"))
  )
    return commonRefusals.INVALID_INPUT("A process owner or sponsor is a person (per_…).");
  const rpiw = await lockRpiw(useCase, input.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  rpiw.processOwnerId = input.processOwnerId;
  rpiw.sponsorId = input.sponsorId ?? null;
  rpiw.teamSize = input.teamSize;
  await changePhase(useCase, rpiw, "CHARTERED");
  return { id: rpiw.id };
}
