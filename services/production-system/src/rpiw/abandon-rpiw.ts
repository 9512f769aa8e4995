import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { changePhase } from "./change-phase.ts";
import { lockRpiw } from "./lock-rpiw.ts";
import { reasonProblem } from "./rpiw.rules.ts";

/** Ends an RPIW before its time, with the reason in its history; resolves to its id or a refusal. */
export async function abandonRpiw(useCase: UseCase, input: { readonly rpiwId: string; readonly reason: string }) {
  const problem = reasonProblem(input.reason);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const rpiw = await lockRpiw(useCase, input.rpiwId);
  if (isRefusal(rpiw)) return rpiw;
  await changePhase(useCase, rpiw, "ABANDONED", input.reason.trim());
  return { id: rpiw.id };
}
