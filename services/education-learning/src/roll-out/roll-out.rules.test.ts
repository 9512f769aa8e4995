import { describe, expect, it } from "@jest/globals";
import { adoption, siteMayBecome, usersFit } from "./roll-out.rules.ts";

describe("a roll-out", () => {
  it("measures adoption as live sites over the target", () => {
    expect(adoption(3, 12)).toBe(0.25);
    expect(adoption(0, 12)).toBe(0);
    expect(adoption(13, 12)).toBeGreaterThan(1);
  });

  it("has no adoption where no target is known", () => {
    expect(adoption(3, null)).toBeNull();
  });

  it("takes a site live only through onboarding, and back from lapsed the same way", () => {
    expect(siteMayBecome("INVITED", "LIVE")).toBe(false);
    expect(siteMayBecome("ONBOARDING", "LIVE")).toBe(true);
    expect(siteMayBecome("LAPSED", "LIVE")).toBe(false);
    expect(siteMayBecome("LAPSED", "ONBOARDING")).toBe(true);
  });

  it("keeps users within licences", () => {
    expect(usersFit(10, 10)).toBe(true);
    expect(usersFit(11, 10)).toBe(false);
    expect(usersFit(-1, 10)).toBe(false);
    expect(usersFit(1.5, 10)).toBe(false);
  });
});
