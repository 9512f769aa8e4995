import { commonRefusals, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { type InferEntity, LockMode } from "@mikro-orm/postgresql";
import { CriteriaSetEntity } from "./criteria-set.entity.ts";
import { criteriaSetRefusals } from "./criteria-set.refusals.ts";
import type { CriteriaSetStatus } from "./criteria-set.rules.ts";

/** A criteria set under a row lock for the rest of the transaction: whoever changes it takes turns. For the office. */
export async function lockCriteriaSet(
  { em, viewer }: UseCase,
  id: string,
): Promise<InferEntity<typeof CriteriaSetEntity> | Refusal> {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("The office sets criteria.");
  const set = await em.findOne(CriteriaSetEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return set ?? commonRefusals.NOT_FOUND("There is no criteria set with the id criteriaSetId.");
}

const words: Readonly<Record<CriteriaSetStatus, string>> = {
  DRAFT: "This set is a draft, and only a live one is retired.",
  LIVE: "This set is live and stays as it is. Copy it, and change the copy.",
  RETIRED: "This set is retired and stays as it is. Copy it, and change the copy.",
};

export function refusalBySetStatus(status: CriteriaSetStatus): Refusal {
  return criteriaSetRefusals.CRITERIA_SET_STATUS_REFUSED(words[status], { status });
}
