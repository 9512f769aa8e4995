import { founding, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { ProgrammeEntity } from "./programme/programme.entity.ts";

/** The work item of the founding facts that is a leadership programme: the ninth. */
const programme = "founding-work-item-9";

/** Loads what the founding facts say of Leadership; cohorts and dates are not stated. Idempotent. */
export async function loadFounding({ em }: UseCase): Promise<void> {
  const items = founding.workItems.filter((item) => item.key === programme);
  await loadRows(
    em,
    ProgrammeEntity,
    items.map((item) => ({
      id: seedId("Programme", item.key),
      workItemId: seedId("LeadershipInitiative", item.key),
      title: item.title,
      reportedStatus: item.reportedStatus,
      reportedWhen: item.reportedWhen,
      source: "FOUNDING",
    })),
  );
}
