import { describe, expect, it } from "@jest/globals";
import { membershipsInForce, type HeldMembership } from "./account.rules.ts";

const held = (one: Partial<HeldMembership>): HeldMembership => ({
  organisationId: "org_a",
  roles: [],
  status: "ACTIVE",
  isPrimary: false,
  ...one,
});

describe("the memberships of an account", () => {
  it("hold on their first and last day, and not before or after", () => {
    const period = held({ startsOn: "2026-01-01", endsOn: "2026-01-31" });
    for (const day of ["2026-01-01", "2026-01-31"]) expect(membershipsInForce([period], day)).toHaveLength(1);
    for (const day of ["2025-12-31", "2026-02-01"]) expect(membershipsInForce([period], day)).toHaveLength(0);
    expect(membershipsInForce([held({})], "2026-01-01")).toHaveLength(1);
  });

  it("leave out whoever is invited, has left, or was never said to belong", () => {
    for (const status of ["INVITED", "LEFT", null])
      expect(membershipsInForce([held({ status })], "2026-01-01")).toHaveLength(0);
  });

  it("begin with the primary one", () => {
    const both = membershipsInForce([held({ organisationId: "org_b" }), held({ isPrimary: true })], "2026-01-01");
    expect(both.map((one) => one.organisationId)).toEqual(["org_a", "org_b"]);
  });
});
