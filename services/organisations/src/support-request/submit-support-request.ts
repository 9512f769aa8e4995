import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import type { StrategyKey } from "../work-item/work-item.rules.ts";
import { SupportRequestEntity } from "./support-request.entity.ts";
import { problemWithRequest } from "./support-request.rules.ts";

export interface SubmitSupportRequestInput {
  readonly title: string;
  readonly need: string;
  readonly strategy?: StrategyKey | null;
}

/** Makes a request for the acting organisation; resolves to its id. */
export async function submitSupportRequest(
  { em, viewer, now }: UseCase,
  input: SubmitSupportRequestInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("request:submit") || viewer.personId === null || viewer.organisationId === null)
    return commonRefusals.NOT_ALLOWED("Members of an organisation of the Alliance ask for support on its behalf.");
  const problem = problemWithRequest(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const id = newGlobalId("SupportRequest");
  await em.insert(SupportRequestEntity, {
    id,
    requestedById: viewer.organisationId,
    requestedByPersonId: viewer.personId,
    title: input.title.trim(),
    need: input.need.trim(),
    receivedOn: now.toISOString().slice(0, 10),
    strategy: input.strategy ?? null,
    status: "RECEIVED",
    source: "USER",
  });
  return { id };
}
