import { founding, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { RollOutEntity } from "./roll-out/roll-out.entity.ts";

/** The work item of the founding facts that is a roll-out: the first. Its target, sites and dates are not stated. */
const rolledOut = "founding-work-item-1";

/** Loads what the founding facts say of Education and Learning. Idempotent. */
export async function loadFounding({ em }: UseCase): Promise<void> {
  const items = founding.workItems.filter((item) => item.key === rolledOut);
  await loadRows(
    em,
    RollOutEntity,
    items.map((item) => ({
      id: seedId("RollOut", item.key),
      workItemId: seedId("LearningInitiative", item.key),
      title: item.title,
      target: null,
      source: "FOUNDING",
    })),
  );
}
