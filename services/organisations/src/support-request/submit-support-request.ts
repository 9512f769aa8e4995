import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import type { StrategyKey } from "../work-item/work-item.rules.ts";
import { SupportRequestEntity } from "./support-request.entity.ts";
import { problemWithRequest } from "./support-request.rules.ts";

export interface SubmitSupportRequestInput {
  readonly title: string;
  readonly need: string;
  readonly strategy?: StrategyKey | null;
  readonly idempotencyKey?: string | null;
}

/** Makes a request for the acting organisation; resolves to its id, the same for the same person and idempotency key. */
export async function submitSupportRequest(
  { em, viewer, now }: UseCase,
  input: SubmitSupportRequestInput,
): Promise<{ id: string } | Refusal> {
  if (!viewer.scopes.has("request:submit") || viewer.personId === null || viewer.organisationId === null)
    return commonRefusals.NOT_ALLOWED("Members of an organisation of the Alliance ask for support on its behalf.");
  const problem = problemWithRequest(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const id = newGlobalId("SupportRequest");
  const row = {
    id,
    requestedById: viewer.organisationId,
    requestedByPersonId: viewer.personId,
    title: input.title.trim(),
    need: input.need.trim(),
    receivedOn: now.toISOString().slice(0, 10),
    strategy: input.strategy ?? null,
    status: "RECEIVED",
    idempotencyKey: input.idempotencyKey ?? null,
    source: "USER",
  } as const;
  // A second sender with the same key waits here for the first, and then adds nothing.
  await em.createQueryBuilder(SupportRequestEntity).insert(row).onConflict().ignore().execute("run");
  if (input.idempotencyKey == null) return { id };
  const kept = await em.findOneOrFail(SupportRequestEntity, {
    requestedByPersonId: viewer.personId,
    idempotencyKey: input.idempotencyKey,
  });
  return { id: kept.id };
}
