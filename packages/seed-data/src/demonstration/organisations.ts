export interface DemonstrationOrganisation {
  readonly key: string;
  readonly name: string;
  readonly kind: "TRUST" | "COUNCIL" | "PROVIDER" | "PRACTICE";
  /** Has a hyphen, which no code that ODS issues has. */
  readonly odsCode: string;
}

const many = (
  count: number,
  kind: DemonstrationOrganisation["kind"],
  word: string,
  stem: string,
): DemonstrationOrganisation[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `demo-${stem}-${index + 1}`,
    name: `Demonstration ${word} ${index + 1}`,
    kind,
    odsCode: `DEMO-${stem[0]?.toUpperCase()}${String(index + 1).padStart(2, "0")}`,
  }));

/** Made-up organisations, all active, whose names say what they are. */
export const demonstrationOrganisations: readonly DemonstrationOrganisation[] = [
  ...many(2, "TRUST", "Trust", "trust"),
  ...many(1, "COUNCIL", "Council", "council"),
  ...many(3, "PROVIDER", "Provider", "provider").map((one) => ({ ...one, odsCode: one.odsCode.replace("P", "V") })),
  ...many(18, "PRACTICE", "Practice", "practice"),
];
