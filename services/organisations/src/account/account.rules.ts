/** What of a membership an account carries. */
export interface HeldMembership {
  readonly organisationId: string;
  readonly roles: readonly string[];
  readonly status?: string | null | undefined;
  readonly isPrimary: boolean;
  readonly startsOn?: string | null | undefined;
  readonly endsOn?: string | null | undefined;
}

/** The memberships under which somebody may act on this day (`YYYY-MM-DD`, UTC), the primary one first. */
export function membershipsInForce<Membership extends HeldMembership>(
  memberships: readonly Membership[],
  day: string,
): Membership[] {
  return memberships
    .filter((one) => one.status === "ACTIVE" && (one.startsOn ?? day) <= day && (one.endsOn ?? day) >= day)
    .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}
