export type OrganisationKind =
  | "COLLABORATIVE"
  | "ALLIANCE"
  | "CCG"
  | "TRUST"
  | "COUNCIL"
  | "PROVIDER"
  | "PRACTICE"
  | "UNIT"
  | "PUBLISHER"
  | "SUPPLIER";
export type OrganisationStatus = "PROPOSED" | "ACTIVE" | "INACTIVE";
export type OdsStatus = "ACTIVE" | "CLOSED" | "DORMANT" | "PROPOSED";

const next: Record<OrganisationStatus, readonly OrganisationStatus[]> = {
  PROPOSED: ["ACTIVE", "INACTIVE"],
  ACTIVE: ["INACTIVE"],
  INACTIVE: ["ACTIVE"],
};

/** The statuses that an organisation may go to. Null is a founding organisation whose status nobody has stated yet. */
export function nextOrganisationStatuses(status: OrganisationStatus | null): readonly OrganisationStatus[] {
  return status === null ? ["PROPOSED", "ACTIVE", "INACTIVE"] : next[status];
}

/** Why an organisation can't be entered as given, for a person; null when it can. */
export function problemWithOrganisation(input: { name: string; odsCode?: string | null }): string | null {
  const length = input.name.trim().length;
  if (length < 1 || length > 200) return "The name needs 1 to 200 characters.";
  if (input.odsCode != null && !/^[A-Z0-9]{3,10}$/.test(input.odsCode))
    return "An ODS code has 3 to 10 capital letters and digits.";
  return null;
}
