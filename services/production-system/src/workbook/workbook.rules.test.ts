import { newGlobalId } from "@clic/global-id";
import { anonymousViewer, personViewer, type Role, systemViewer } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import { chaptersProblem, editionTransitions, mayConsent, mayReadConsent, withoutConsent } from "./workbook.rules.ts";

const own = newGlobalId("Organisation");
const other = newGlobalId("Organisation");
const viewer = (role: Role) => personViewer({ personId: newGlobalId("Person"), organisationId: own, roles: [role] });

describe("an edition", () => {
  it("goes from draft to published to superseded and never back", () => {
    expect(editionTransitions).toEqual({ DRAFT: ["PUBLISHED"], PUBLISHED: ["SUPERSEDED"], SUPERSEDED: [] });
  });

  it("has a chapter at least, and a title for each", () => {
    expect(chaptersProblem([])).toContain("chapters");
    expect(chaptersProblem(Array.from({ length: 101 }, () => "t"))).toContain("chapters");
    expect(chaptersProblem(["Start", " "])).toContain("title");
    expect(chaptersProblem(["Start", "Go on"])).toBeNull();
  });
});

describe("consent", () => {
  it("is given by leads for their own organisation, and by nobody in their place", () => {
    expect([mayConsent(viewer("LEAD"), own), mayConsent(viewer("LEAD"), other)]).toEqual([true, false]);
    expect(mayConsent(viewer("OFFICE"), other)).toBe(false);
    for (const role of ["MEMBER", "ANALYST", "FACILITATOR"] as const) expect(mayConsent(viewer(role), own)).toBe(false);
    for (const one of [anonymousViewer, systemViewer("test")]) expect(mayConsent(one, own)).toBe(false);
  });

  it("is seen by those who give it, and who reads operations", () => {
    expect(mayReadConsent(viewer("LEAD"), own)).toBe(true);
    expect(mayReadConsent(viewer("OFFICE"), other)).toBe(true);
    for (const role of ["MEMBER", "ANALYST"] as const) expect(mayReadConsent(viewer(role), own)).toBe(false);
  });

  it("is missing where no time is kept", () => {
    expect(
      withoutConsent([{ title: "a", consentedAt: new Date() }, { title: "b" }, { title: "c", consentedAt: null }]),
    ).toEqual(["b", "c"]);
  });
});
