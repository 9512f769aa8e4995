import { workItemRegistered, writeFact } from "@clic/bus";
import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { createWorkItem, type NewWorkItem } from "./create-work-item.ts";

export type RegisterWorkItemInput = Omit<NewWorkItem, "supportRequestId">;

/** Enters a work item that no request led to; resolves to its id. */
export async function registerWorkItem(
  useCase: UseCase,
  input: RegisterWorkItemInput,
): Promise<{ id: string } | Refusal> {
  if (!useCase.viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("The office enters work into the work programme.");
  const item = await createWorkItem(useCase, { ...input, supportRequestId: null });
  if (isRefusal(item)) return item;
  await writeFact(useCase.em, workItemRegistered, {
    aggregateId: item.id,
    occurredAt: useCase.now,
    data: {
      workItemId: item.id,
      workItemType: item.type,
      title: item.title,
      strategy: item.strategy ?? null,
      status: "PROPOSED",
      leadOrganisationId: item.leadOrganisationId ?? null,
    },
  });
  return { id: item.id };
}
