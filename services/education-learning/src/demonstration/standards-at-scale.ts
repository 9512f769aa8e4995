import { deterministicUuid, numberedGlobalId } from "@clic/global-id";
import { dayFromReference, draw, drawOf, organisationIdAtScale, type Scale, workstreamsAtScale } from "@clic/seed-data";
import type { AdoptionStatus } from "../standard-adoption/standard-adoption.rules.ts";

const source = "DEMO";
const subjects = ["assessing frailty", "reviewing pain", "urgent care plans", "care near home", "preventing falls"];
const versions = ["2022", "2025"] as const;
const statuses: readonly AdoptionStatus[] = [
  "MET",
  "MET",
  "PARTIAL",
  "PARTIAL",
  "RELEVANT",
  "NOT_RELEVANT",
  "REASSESS",
  "NOT_ASSESSED",
];
const mostAdoptions = 100;

const idOf = (number: number): string => numberedGlobalId("Standard", number);

export function* standards({ standards: count }: Scale): Generator<object> {
  for (let number = 0; number < count; number++)
    yield {
      id: idOf(number),
      // No publisher has references like these.
      reference: `DEMO-${1001 + number}`,
      version: versions[1],
      title: `Demonstration: ${drawOf(130, number, subjects)} ${1001 + number}`,
      publisher: "NICE",
      source,
    };
}

export function* standardVersions({ standards: count }: Scale): Generator<object> {
  for (let number = 0; number < count; number++)
    for (const version of versions)
      yield {
        id: deterministicUuid("Standard", `${idOf(number)} ${version}`),
        standardId: idOf(number),
        version,
        recordedAt: new Date(`${version}-01-05T09:00:00Z`),
        source,
      };
}

export function* standardWorkstreams({ standards: count }: Scale): Generator<object> {
  for (let number = 0; number < count; number++)
    for (const workstreamId of workstreamsAtScale(number)) yield { workstreamId, standardId: idOf(number), source };
}

/** How many organisations say where they stand with each standard. */
export function adoptionsOfStandard({ organisations }: Scale): number {
  return Math.min(mostAdoptions, organisations);
}

export function* adoptions(scale: Scale): Generator<object> {
  for (let standard = 0; standard < scale.standards; standard++) {
    const first = draw(131, standard, scale.organisations);
    for (let place = 0; place < adoptionsOfStandard(scale); place++) {
      const number = standard * mostAdoptions + place;
      const status = drawOf(132, number, statuses);
      const assessed = status !== "NOT_ASSESSED";
      const old = status === "REASSESS";
      yield {
        id: numberedGlobalId("StandardAdoption", number),
        standardId: idOf(standard),
        organisationId: organisationIdAtScale((first + place) % scale.organisations),
        status,
        assessedVersion: !assessed ? null : versions[old ? 0 : 1],
        assessedOn: !assessed ? null : dayFromReference(-10 - draw(133, number, 500) - (old ? 800 : 0)),
        reason: status === "NOT_RELEVANT" ? "Demonstration: it has no such patients." : null,
        gap: status === "PARTIAL" ? "Demonstration: not yet at weekends." : null,
        actions: status === "PARTIAL" ? "Demonstration: train more staff." : null,
        source,
      };
    }
  }
}
