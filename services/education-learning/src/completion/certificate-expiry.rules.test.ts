import { describe, expect, it } from "@jest/globals";
import { addMonths, certificateDates, expiryProblem, whyItExpires } from "./certificate-expiry.rules.ts";

const asked = { expiresOn: null, validMonths: null, expiry: null } as const;
const completedOn = "2026-11-20";

describe("a certificate expires", () => {
  it("never, on a day that is given, or after months from its completion", () => {
    expect(certificateDates(completedOn, asked, "2026-12-01")).toEqual({ ...kept(null), countedFrom: null });
    expect(certificateDates(completedOn, { ...asked, expiresOn: "2027-03-31" }, null)).toEqual(kept("2027-03-31"));
    expect(certificateDates(completedOn, { ...asked, validMonths: 12 }, "2026-12-01")).toEqual(kept("2027-11-20", 12));
  });

  it.each([
    ["2026-12-31", "2027-12-31"],
    ["2026-11-20", "2027-11-20"],
    ["2027-01-19", "2028-01-19"],
  ])("after months from the previous expiry %s, when it was due then", (previous, expiresOn) => {
    const dates = certificateDates(
      completedOn,
      { ...asked, validMonths: 12, expiry: "FROM_PREVIOUS_EXPIRY" },
      previous,
    );
    expect(dates).toEqual({ expiresOn, validMonths: 12, countedFrom: previous });
    expect(whyItExpires(dates)).toBe("FROM_PREVIOUS_EXPIRY");
  });

  it.each([null, "2026-11-19", "2027-01-20", "2031-01-01"])(
    "after months from its completion where the previous expiry is %s",
    (previous) => {
      const dates = certificateDates(
        completedOn,
        { ...asked, validMonths: 12, expiry: "FROM_PREVIOUS_EXPIRY" },
        previous,
      );
      expect(dates).toEqual(kept("2027-11-20", 12));
      expect(whyItExpires(dates)).toBe("FROM_COMPLETION");
    },
  );

  it("for a reason that can be asked", () => {
    expect([kept(null), kept("2027-01-01"), kept("2027-11-20", 12)].map(whyItExpires)).toEqual([
      null,
      "FIXED_DATE",
      "FROM_COMPLETION",
    ]);
  });

  it("by a date or by months, not both, and by what its mode needs", () => {
    expect(expiryProblem(asked)).toBeNull();
    expect(expiryProblem({ ...asked, expiresOn: "2027-01-01", validMonths: 12 })).toContain("or");
    for (const validMonths of [0, 121]) expect(expiryProblem({ ...asked, validMonths })).toContain("months");
    expect(expiryProblem({ ...asked, expiry: "FIXED_DATE" })).toContain("expiresOn");
    expect(expiryProblem({ ...asked, expiry: "FROM_COMPLETION", expiresOn: "2027-01-01" })).toContain("validMonths");
    expect(expiryProblem({ ...asked, expiry: "FROM_PREVIOUS_EXPIRY", validMonths: 12 })).toBeNull();
  });

  it("on the month's last day where it has no such day", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2028-02-29", 12)).toBe("2029-02-28");
    expect(addMonths("2026-11-30", 3)).toBe("2027-02-28");
    expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
  });
});

function kept(expiresOn: string | null, validMonths: number | null = null) {
  return { expiresOn, validMonths, countedFrom: null };
}
