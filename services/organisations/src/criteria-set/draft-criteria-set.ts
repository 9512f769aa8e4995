import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { CriteriaSetEntity, CriterionEntity } from "./criteria-set.entity.ts";
import { type NewCriteriaSet, problemWithCriteriaSet } from "./criteria-set.rules.ts";

/** Begins the next version of the criteria; resolves to its id. The database numbers it. */
export async function draftCriteriaSet(useCase: UseCase, input: NewCriteriaSet): Promise<{ id: string } | Refusal> {
  if (!useCase.viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office sets criteria.");
  const problem = problemWithCriteriaSet(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  return await insertDraft(useCase, input, null);
}

/** Begins the next version as a copy of another one, whatever its status; resolves to the copy's id. */
export async function copyCriteriaSet(
  useCase: UseCase,
  { criteriaSetId }: { readonly criteriaSetId: string },
): Promise<{ id: string } | Refusal> {
  if (!useCase.viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office sets criteria.");
  const set = await useCase.em.findOne(CriteriaSetEntity, { id: criteriaSetId });
  if (set === null) return commonRefusals.NOT_FOUND("There is no criteria set with the id criteriaSetId.");
  const criteria = await useCase.em.find(CriterionEntity, { criteriaSetId }, { orderBy: { place: "ASC" } });
  return await insertDraft(useCase, { title: set.title, moderationAbove: set.moderationAbove, criteria }, set.id);
}

async function insertDraft(
  { em, now }: UseCase,
  { title, moderationAbove, criteria }: NewCriteriaSet,
  copyOfId: string | null,
): Promise<{ id: string }> {
  const id = newGlobalId("CriteriaSet", now);
  await em.insert(CriteriaSetEntity, { id, title: title.trim(), moderationAbove, copyOfId, source: "USER" });
  for (const [index, one] of criteria.entries())
    await em.insert(CriterionEntity, {
      id: newGlobalId("Criterion", now),
      criteriaSetId: id,
      code: one.code,
      title: one.title.trim(),
      guidance: one.guidance?.trim() ?? null,
      weight: one.weight,
      scaleFrom: one.scaleFrom,
      scaleTo: one.scaleTo,
      place: index + 1,
      source: "USER",
    });
  return { id };
}
