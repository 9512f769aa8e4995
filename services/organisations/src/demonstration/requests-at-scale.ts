import { numberedGlobalId } from "@clic/global-id";
import {
  dayFromReference,
  draw,
  drawOf,
  drawPerCent,
  organisationIdAtScale,
  personAtScale,
  personIdAtScale,
  type Scale,
  somePersonAtScale,
  timeFromReference,
  workItemAtScale,
} from "@clic/seed-data";
import type { StrategyKey } from "../work-item/work-item.rules.ts";
import { assessorsNeeded, outcomeOf, totalOf } from "../assessment/assessment.rules.ts";
import {
  demonstrationCriteria,
  demonstrationModerationAbove,
  demonstrationSetId,
} from "../criteria-set/demonstration-criteria.ts";
import type { SupportRequestStatus } from "../support-request/support-request.rules.ts";

const source = "DEMO";
const strategies: readonly StrategyKey[] = ["EDUCATION_LEARNING", "PRODUCTION_SYSTEM", "LEADERSHIP"];
const undecided: readonly SupportRequestStatus[] = [
  "RECEIVED",
  "SCOPING",
  "ASSESSED",
  "WITHDRAWN",
  "DECLINED",
  "REDIRECTED",
];
const withReason: Partial<Record<SupportRequestStatus, string>> = {
  DECLINED: "Demonstration: others do it already.",
  REDIRECTED: "Demonstration: they are better placed.",
};
const subjects = ["letters go out late", "people wait too long", "staff ask for training", "handovers lose things"];

/** Every second work item came of a request: the accepted ones, which come first. */
function accepted({ workItems, supportRequests }: Scale): number {
  return Math.min(Math.floor(workItems / 2), Math.floor(supportRequests / 2));
}

/** The request that led to a work item; null when none did. */
export function requestIdOf(scale: Scale, workItem: number): string | null {
  const number = Math.floor(workItem / 2);
  return workItem % 2 === 0 && number < accepted(scale) ? numberedGlobalId("SupportRequest", number) : null;
}

function statusOf(scale: Scale, number: number): SupportRequestStatus {
  return number < accepted(scale) ? "ACCEPTED" : drawOf(150, number, undecided);
}

const unassessed: ReadonlySet<SupportRequestStatus> = new Set(["RECEIVED", "WITHDRAWN", "REDIRECTED"]);

/** The values that each assessor gave, by criterion: alike enough to need no moderator. */
function valuesOf(number: number, status: SupportRequestStatus): number[][] {
  const count = unassessed.has(status) ? 0 : status === "SCOPING" ? 1 : assessorsNeeded;
  const least = status === "DECLINED" ? 0 : 3;
  return Array.from({ length: count }, (_, place) =>
    demonstrationCriteria.map((_criterion, index) => {
      const drawn = draw(151, (number * assessorsNeeded + place) * demonstrationCriteria.length + index, 2);
      return least + draw(159, number * demonstrationCriteria.length + index, 2) + drawn;
    }),
  );
}

const scoresOf = (values: readonly number[]) =>
  demonstrationCriteria.map(({ id }, index) => ({ criterionId: id, value: values[index] as number }));
const totalsOf = (number: number, status: SupportRequestStatus): number[] =>
  valuesOf(number, status).map((values) => totalOf(demonstrationCriteria, scoresOf(values)));

/** So many days before the reference day it was received: before the work that came of it was proposed. */
function receivedDaysAgo(scale: Scale, number: number, status: SupportRequestStatus): number {
  const before = status === "ACCEPTED" ? workItemAtScale(scale, number * 2).proposedDaysAgo : 0;
  return before + 15 + draw(152, number, 60);
}

/** The number of the organisation that asks. */
function askerOf({ organisations }: Scale, number: number): number {
  return draw(153, number, organisations);
}

export function* requestsAtScale(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.supportRequests; number++) {
    const status = statusOf(scale, number);
    const organisation = askerOf(scale, number);
    const daysAgo = receivedDaysAgo(scale, number, status);
    const totals = totalsOf(number, status);
    const decided = status === "ACCEPTED" || status in withReason;
    const title = `Demonstration request ${1001 + number}: ${drawOf(154, number, subjects)}`;
    yield {
      id: numberedGlobalId("SupportRequest", number),
      requestedById: organisationIdAtScale(organisation),
      requestedByPersonId: personIdAtScale(organisation),
      title,
      need: `${title}. Made up.`,
      sponsorId: status === "ACCEPTED" ? personIdAtScale(draw(155, number, scale.organisations)) : null,
      receivedOn: dayFromReference(-daysAgo),
      strategy:
        status === "ACCEPTED"
          ? workItemAtScale(scale, number * 2).strategy
          : drawPerCent(156, number, 60)
            ? drawOf(157, number, strategies)
            : null,
      status,
      criteriaSetId: totals.length > 0 ? demonstrationSetId : null,
      score: outcomeOf(totals, demonstrationModerationAbove).score,
      decisionReason: withReason[status] ?? null,
      redirectedToId: status === "REDIRECTED" ? organisationIdAtScale((organisation + 1) % scale.organisations) : null,
      decidedAt: decided ? timeFromReference(14 - daysAgo, 9) : null,
      source,
    };
  }
}

/** The next people from one on who don't work for the organisation: nobody scores the request of their own. */
function assessorsFrom(scale: Scale, first: number, organisation: number, count: number): number[] {
  const found: number[] = [];
  for (let person = first; found.length < count; person = (person + 1) % scale.people) {
    const { employer, otherEmployer } = personAtScale(scale, person);
    if (employer !== organisation && otherEmployer !== organisation) found.push(person);
  }
  return found;
}

const assessmentId = (number: number, place: number): string =>
  numberedGlobalId("SupportRequestAssessment", number * assessorsNeeded + place);

export function* assessmentsAtScale(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.supportRequests; number++) {
    const status = statusOf(scale, number);
    const daysAgo = receivedDaysAgo(scale, number, status);
    const totals = totalsOf(number, status);
    const first = somePersonAtScale(scale, 158, number);
    for (const [place, assessor] of assessorsFrom(scale, first, askerOf(scale, number), totals.length).entries())
      yield {
        id: assessmentId(number, place),
        supportRequestId: numberedGlobalId("SupportRequest", number),
        assessorId: personIdAtScale(assessor),
        criteriaSetId: demonstrationSetId,
        total: totals[place],
        assessedAt: timeFromReference(10 - daysAgo, 9 + place),
        source,
      };
  }
}

export function* scoresAtScale(scale: Scale): Generator<object> {
  let count = 0;
  for (let number = 0; number < scale.supportRequests; number++) {
    const status = statusOf(scale, number);
    const daysAgo = receivedDaysAgo(scale, number, status);
    for (const [place, values] of valuesOf(number, status).entries())
      for (const score of scoresOf(values))
        yield {
          ...score,
          id: numberedGlobalId("Score", count++),
          assessmentId: assessmentId(number, place),
          criteriaSetId: demonstrationSetId,
          rationale: "Made up.",
          scoredAt: timeFromReference(10 - daysAgo, 9 + place),
          source,
        };
  }
}
