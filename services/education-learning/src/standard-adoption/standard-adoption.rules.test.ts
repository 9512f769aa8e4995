import { newGlobalId } from "@clic/global-id";
import { anonymousViewer, personViewer, type Role } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import { afterRevision, assessmentProblem, mayAssess, mayReadDetail } from "./standard-adoption.rules.ts";

const own = newGlobalId("Organisation");
const other = newGlobalId("Organisation");
const viewer = (role: Role) => personViewer({ personId: newGlobalId("Person"), organisationId: own, roles: [role] });

describe("an assessment", () => {
  it("finds one of four things", () => {
    for (const status of ["RELEVANT", "PARTIAL", "MET"] as const) expect(assessmentProblem({ status })).toBeNull();
    for (const status of ["NOT_ASSESSED", "REASSESS"] as const)
      expect(assessmentProblem({ status })).toContain("not a finding");
  });

  it("gives a reason where it finds a standard not relevant", () => {
    expect(assessmentProblem({ status: "NOT_RELEVANT" })).toContain("reason");
    expect(assessmentProblem({ status: "NOT_RELEVANT", reason: "  " })).toContain("reason");
    expect(assessmentProblem({ status: "NOT_RELEVANT", reason: "No beds." })).toBeNull();
  });

  it("keeps to its lengths", () => {
    expect(assessmentProblem({ status: "PARTIAL", gap: "" })).toContain("gap");
    expect(assessmentProblem({ status: "PARTIAL", actions: "a".repeat(2001) })).toContain("actions");
  });

  it("is made by the office for all and by leads for their own organisation", () => {
    expect(mayAssess(viewer("OFFICE"), other)).toBe(true);
    expect([mayAssess(viewer("LEAD"), own), mayAssess(viewer("LEAD"), other)]).toEqual([true, false]);
    for (const role of ["MEMBER", "ANALYST", "PARTNER", "FACILITATOR"] as const)
      expect(mayAssess(viewer(role), own)).toBe(false);
    expect(mayAssess(anonymousViewer, own)).toBe(false);
  });

  it("shows its detail to the organisation's leads, the office, facilitators and analysts", () => {
    for (const role of ["OFFICE", "ANALYST", "FACILITATOR"] as const)
      expect(mayReadDetail(viewer(role), other)).toBe(true);
    expect([mayReadDetail(viewer("LEAD"), own), mayReadDetail(viewer("LEAD"), other)]).toEqual([true, false]);
    for (const role of ["MEMBER", "PARTNER"] as const) expect(mayReadDetail(viewer(role), own)).toBe(false);
    expect(mayReadDetail(anonymousViewer, own)).toBe(false);
  });
});

describe("a new version of a standard", () => {
  it("asks who met it to assess again, and nobody else", () => {
    expect(afterRevision("MET")).toBe("REASSESS");
    for (const status of ["NOT_ASSESSED", "RELEVANT", "NOT_RELEVANT", "PARTIAL", "REASSESS"] as const)
      expect(afterRevision(status)).toBe(status);
  });
});
