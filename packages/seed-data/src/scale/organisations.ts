import { numberedGlobalId } from "@clic/global-id";

export type ScaleOrganisationKind = "TRUST" | "CCG" | "COUNCIL" | "PROVIDER" | "PRACTICE";

/** A made-up organisation at scale, as every service knows it. */
export interface ScaleOrganisation {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly kind: ScaleOrganisationKind;
  /** Has a hyphen, which no code that ODS issues has. */
  readonly odsCode: string;
  /** The commissioning group of its block, for practices. */
  readonly parentId: string | null;
}

/** Organisations come in blocks of twenty, alike in kind. */
export const blockOfOrganisations = 20;

const kinds: readonly ScaleOrganisationKind[] = ["TRUST", "CCG", "COUNCIL", "PROVIDER", "PROVIDER", "PROVIDER"];
const words: Readonly<Record<ScaleOrganisationKind, string>> = {
  TRUST: "Trust",
  CCG: "Commissioning Group",
  COUNCIL: "Council",
  PROVIDER: "Provider",
  PRACTICE: "Practice",
};
const commissioner = kinds.indexOf("CCG");
/** The first made-up organisations are not at scale; numbers in names go on above them. */
const firstInNames = 1001;

/** The kind of an organisation, which follows from its number. */
export function kindOfOrganisation(number: number): ScaleOrganisationKind {
  return kinds[number % blockOfOrganisations] ?? "PRACTICE";
}

export function organisationIdAtScale(number: number): string {
  return numberedGlobalId("Organisation", number);
}

/** The organisation with this number, from 0 on; whose names say what they are. */
export function organisationAtScale(number: number): ScaleOrganisation {
  const kind = kindOfOrganisation(number);
  const block = number - (number % blockOfOrganisations);
  return {
    number,
    id: organisationIdAtScale(number),
    name: `Demonstration ${words[kind]} ${firstInNames + number}`,
    kind,
    odsCode: `DEMO-${firstInNames + number}`,
    parentId: kind === "PRACTICE" ? organisationIdAtScale(block + commissioner) : null,
  };
}
