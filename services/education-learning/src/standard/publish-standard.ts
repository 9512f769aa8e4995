import { isGlobalId, newGlobalId, newUuid } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { StandardEntity, StandardVersionEntity, StandardWorkstreamEntity } from "./standard.entity.ts";
import { standardRefusals } from "./standard.refusals.ts";
import { type StandardDraft, standardProblem } from "./standard.rules.ts";

export interface PublishStandardInput extends StandardDraft {
  readonly workstreamIds?: readonly string[] | null;
}

/** Enters a standard in its first version here; resolves to its id or a refusal. The database keeps references unique. */
export async function publishStandard({ em, viewer, now }: UseCase, input: PublishStandardInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office enters standards.");
  const problem = standardProblem(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const workstreamIds = [...new Set(input.workstreamIds ?? [])];
  if (!workstreamIds.every((one) => isGlobalId(one, "Workstream")))
    return commonRefusals.INVALID_INPUT("workstreamIds are ids of workstreams (wst_…).");
  const { reference } = input;
  const id = newGlobalId("Standard", now);
  const version = input.version.trim();
  try {
    await em.insert(StandardEntity, {
      id,
      reference,
      version,
      title: input.title.trim(),
      publisher: "NICE",
      source: "USER",
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(
        standardRefusals.STANDARD_REFERENCE_TAKEN(`There is a standard ${reference} already: revise it instead.`),
      );
    throw error;
  }
  await em.insert(StandardVersionEntity, { id: newUuid(), standardId: id, version, recordedAt: now, source: "USER" });
  for (const workstreamId of workstreamIds) await em.insert(StandardWorkstreamEntity, { workstreamId, standardId: id });
  return { id };
}
