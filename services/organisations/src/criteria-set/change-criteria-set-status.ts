import { isRefusal, rollback, type Refusal, type UseCase } from "@clic/subgraph-kit";
import { violatesConstraint } from "../violated-constraint.ts";
import { CriteriaSetEntity, CriterionEntity } from "./criteria-set.entity.ts";
import { criteriaSetRefusals } from "./criteria-set.refusals.ts";
import { totalWeight } from "./criteria-set.rules.ts";
import { lockCriteriaSet, refusalBySetStatus } from "./lock-criteria-set.ts";

interface Input {
  readonly criteriaSetId: string;
}

/**
 * Makes a draft the live set and retires the one that was live; resolves to its id. Of two that go live at once
 * `criteria_set_one_live` lets one. Sent again, it changes nothing.
 */
export async function makeCriteriaSetLive(useCase: UseCase, input: Input): Promise<{ id: string } | Refusal> {
  const { em, now } = useCase;
  const set = await lockCriteriaSet(useCase, input.criteriaSetId);
  if (isRefusal(set)) return set;
  if (set.status === "LIVE") return { id: set.id };
  if (set.status !== "DRAFT") return refusalBySetStatus(set.status);
  const total = totalWeight(await em.find(CriterionEntity, { criteriaSetId: set.id }));
  if (total !== 100)
    return criteriaSetRefusals.WEIGHTS_NOT_100(`The weights total ${total}. They total 100 when a set goes live.`, {
      total,
    });
  await em.nativeUpdate(CriteriaSetEntity, { status: "LIVE" }, { status: "RETIRED", retiredAt: now });
  try {
    await em.nativeUpdate(CriteriaSetEntity, { id: set.id }, { status: "LIVE", liveAt: now });
  } catch (error) {
    if (!violatesConstraint(error, "criteria_set_one_live")) throw error;
    return rollback(
      criteriaSetRefusals.ANOTHER_SET_WENT_LIVE("Another set went live at this moment. Look at it, then try again."),
    );
  }
  return { id: set.id };
}

/** Retires the live set, so that none is: requests are not assessed until the next goes live. Sent again, it changes nothing. */
export async function retireCriteriaSet(useCase: UseCase, input: Input): Promise<{ id: string } | Refusal> {
  const set = await lockCriteriaSet(useCase, input.criteriaSetId);
  if (isRefusal(set)) return set;
  if (set.status === "DRAFT") return refusalBySetStatus(set.status);
  if (set.status === "LIVE") {
    set.status = "RETIRED";
    set.retiredAt = useCase.now;
  }
  return { id: set.id };
}
