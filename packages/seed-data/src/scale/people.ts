import { numberedGlobalId } from "@clic/global-id";
import { draw, drawOf, drawPerCent } from "./draw.ts";
import { blockOfOrganisations, kindOfOrganisation, type ScaleOrganisationKind } from "./organisations.ts";
import { dayFromReference, type Scale } from "./scale.ts";

/** A made-up person at scale. Organisations are by number. */
export interface ScalePerson {
  readonly number: number;
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly employer: number;
  /** The day they came to their employer. */
  readonly since: string;
  /** Where they were until the day before that; null for most. */
  readonly formerEmployer: number | null;
  /** Where they work besides; null for most. */
  readonly otherEmployer: number | null;
}

const given = ["Ada", "Ben", "Cara", "Dev", "Elsie", "Femi", "Grace", "Hugo", "Ines", "Joe", "Kit", "Lena", "Musa"];
const family = ["Beck", "Dale", "Fell", "Garth", "Holme", "Keld", "Moss", "Pike", "Rigg", "Scar", "Tarn", "Thwaite"];

/** How many of a block's people each kind of organisation has, by weight. */
const weights: Readonly<Record<ScaleOrganisationKind, number>> = {
  TRUST: 40,
  CCG: 6,
  COUNCIL: 24,
  PROVIDER: 4,
  PRACTICE: 2,
};
const placesInBlock = Array.from({ length: blockOfOrganisations }, (_, place) => place).flatMap((place) =>
  Array.from({ length: weights[kindOfOrganisation(place)] }, () => place),
);

export function personIdAtScale(number: number): string {
  return numberedGlobalId("Person", number);
}

function someOrganisation({ organisations }: Scale, purpose: number, number: number): number {
  const block = draw(purpose, number, organisations / blockOfOrganisations);
  return block * blockOfOrganisations + drawOf(purpose + 1, number, placesInBlock);
}

/** Person n leads organisation n, as long as there are organisations; the others are spread by the kinds' sizes. */
function employerOf(scale: Scale, number: number): number {
  return number < scale.organisations ? number : someOrganisation(scale, 1, number);
}

function formerEmployerOf(scale: Scale, number: number): number | null {
  if (number < scale.organisations || !drawPerCent(3, number, 15)) return null;
  const former = someOrganisation(scale, 4, number);
  return former === employerOf(scale, number) ? null : former;
}

/** How many days before the reference day a person came to their employer: up to five years. */
function daysSince(number: number): number {
  return 30 + draw(6, number, 1_800);
}

/** For whom a person worked, so many days before the reference day: what was done then stays with that employer. */
export function employerAtScale(scale: Scale, person: number, daysAgo: number): number {
  const former = daysAgo > daysSince(person) ? formerEmployerOf(scale, person) : null;
  return former ?? employerOf(scale, person);
}

/** The person with this number, from 0 on. */
export function personAtScale(scale: Scale, number: number): ScalePerson {
  const employer = employerOf(scale, number);
  const other = drawPerCent(7, number, 3) ? someOrganisation(scale, 8, number) : null;
  const formerEmployer = formerEmployerOf(scale, number);
  const leads = number < scale.organisations;
  return {
    number,
    id: personIdAtScale(number),
    displayName: `${drawOf(10, number, given)} ${drawOf(11, number, family)}, Demonstration Person ${1001 + number}`,
    roles: leads ? ["MEMBER", "LEAD", "SPONSOR"] : drawPerCent(12, number, 1) ? ["MEMBER", "FACULTY"] : ["MEMBER"],
    employer,
    since: dayFromReference(-daysSince(number)),
    formerEmployer,
    otherEmployer: other === employer || other === formerEmployer ? null : other,
  };
}

/** Somebody, drawn for a purpose of one's own. */
export function somePersonAtScale({ people }: Scale, purpose: number, number: number): number {
  return draw(purpose, number, people);
}
