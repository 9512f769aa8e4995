import { seedId } from "@clic/seed-data";
import type { UseCase } from "@clic/subgraph-kit";
import { CriteriaSetEntity, CriterionEntity } from "./criteria-set.entity.ts";

const source = "DEMO" as const;
const at = new Date("2025-09-01T09:00:00Z");
const scale = { scaleFrom: 0, scaleTo: 5 };
const reach = { code: "reach", title: "How many people would it help?" };
const benefit = { code: "benefit", title: "How much would it help them?" };
const together = { code: "together", title: "Does it need several organisations to work on it?" };
const readiness = { code: "readiness", title: "Are those who ask ready to begin?" };
const versions = [
  { key: "demo-criteria-1", criteria: [40, 40, 20], of: [reach, benefit, together] },
  { key: "demo-criteria-2", criteria: [30, 30, 25, 15], of: [reach, benefit, together, readiness] },
  { key: "demo-criteria-3", criteria: [30, 30, 20], of: [reach, benefit, together] },
] as const;
const [, live, draft] = versions;

/** The set that the demonstration's requests, of any scale, are assessed by. */
export const demonstrationSetId = seedId("CriteriaSet", live.key);

/** Its criteria. */
export const demonstrationCriteria = live.of.map((one, index) => ({
  id: seedId("Criterion", `${live.key}/${one.code}`),
  code: one.code,
  weight: live.criteria[index] as number,
  ...scale,
}));

/** How many points two of its assessments may differ. */
export const demonstrationModerationAbove = 30;

/** Made-up criteria: a version that was replaced, the live one, and a draft. Where somebody's own is live, it stays so. */
export async function loadDemonstrationCriteria({ em }: UseCase): Promise<void> {
  if ((await em.count(CriteriaSetEntity, { id: demonstrationSetId })) > 0) return;
  const isLive = (await em.count(CriteriaSetEntity, { status: "LIVE" })) > 0;
  for (const [index, { key, criteria, of }] of versions.entries()) {
    const id = seedId("CriteriaSet", key);
    await em.insert(CriteriaSetEntity, {
      id,
      title: `Demonstration criteria ${index + 1}`,
      moderationAbove: demonstrationModerationAbove,
      copyOfId: index === 0 ? null : seedId("CriteriaSet", versions[index - 1]?.key as string),
      source,
    });
    for (const [place, { code, title }] of of.entries())
      await em.insert(CriterionEntity, {
        id: seedId("Criterion", `${key}/${code}`),
        criteriaSetId: id,
        code,
        title: `Demonstration: ${title}`,
        guidance: "0: not at all. 5: wholly.",
        weight: criteria[place] as number,
        ...scale,
        place: place + 1,
        source,
      });
    if (key === draft.key || isLive) continue;
    await em.nativeUpdate(CriteriaSetEntity, { status: "LIVE" }, { status: "RETIRED", retiredAt: at });
    await em.nativeUpdate(CriteriaSetEntity, { id }, { status: "LIVE", liveAt: at });
  }
}
