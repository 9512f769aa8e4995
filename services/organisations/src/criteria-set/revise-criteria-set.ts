import { newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { CriterionEntity } from "./criteria-set.entity.ts";
import { type NewCriteriaSet, problemWithCriteriaSet } from "./criteria-set.rules.ts";
import { lockCriteriaSet, refusalBySetStatus } from "./lock-criteria-set.ts";

/** Makes a draft what the input says; criteria are told apart by their codes. Resolves to the set's id. */
export async function reviseCriteriaSet(
  useCase: UseCase,
  input: NewCriteriaSet & { readonly criteriaSetId: string },
): Promise<{ id: string } | Refusal> {
  const { em, now } = useCase;
  const set = await lockCriteriaSet(useCase, input.criteriaSetId);
  if (isRefusal(set)) return set;
  const problem = problemWithCriteriaSet(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (set.status !== "DRAFT") return refusalBySetStatus(set.status);
  set.title = input.title.trim();
  set.moderationAbove = input.moderationAbove;
  await em.flush();
  await em.nativeDelete(CriterionEntity, {
    criteriaSetId: set.id,
    code: { $nin: input.criteria.map(({ code }) => code) },
  });
  for (const [index, one] of input.criteria.entries()) {
    const content = {
      title: one.title.trim(),
      guidance: one.guidance?.trim() ?? null,
      weight: one.weight,
      scaleFrom: one.scaleFrom,
      scaleTo: one.scaleTo,
      place: index + 1,
    };
    const changed = await em.nativeUpdate(CriterionEntity, { criteriaSetId: set.id, code: one.code }, content);
    if (changed === 0)
      await em.insert(CriterionEntity, {
        id: newGlobalId("Criterion", now),
        criteriaSetId: set.id,
        code: one.code,
        ...content,
        source: "USER",
      });
  }
  return { id: set.id };
}
