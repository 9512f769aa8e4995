import { analyst, lead, office } from "@clic/subgraph-testing";
import { describe, expect, it } from "@jest/globals";
import { complianceRate, shownCompliance } from "./compliance.rules.ts";

const organisationId = lead().organisationId as string;
const counts = (valid: number, due: number, expired: number, missing: number) => ({
  organisationId,
  courseId: "crs_1",
  required: valid + due + expired + missing,
  valid,
  due,
  expired,
  missing,
});

describe("compliance", () => {
  it("is the share of those required whose certificate is in force, due ones included", () => {
    expect(complianceRate(counts(5, 1, 2, 2))).toBe(0.6);
    expect(complianceRate(counts(0, 0, 0, 3))).toBe(0);
    expect(complianceRate(counts(0, 0, 0, 0))).toBeNull();
  });

  it("is shown as it is to the office and the organisation's leads", () => {
    for (const viewer of [office(), lead()])
      expect(shownCompliance(viewer, counts(1, 0, 1, 0))).toMatchObject({
        required: 2,
        valid: 1,
        rate: 0.5,
        suppressed: false,
      });
  });

  it("withholds from analysts all of a few people, and all parts beside a part of a few", () => {
    const hidden = { valid: null, due: null, expired: null, missing: null, suppressed: true };
    expect(shownCompliance(analyst(), counts(4, 0, 0, 0))).toMatchObject({ ...hidden, required: null, rate: null });
    expect(shownCompliance(analyst(), counts(8, 0, 2, 0))).toMatchObject({ ...hidden, required: 10, rate: 0.8 });
    expect(shownCompliance(analyst(), counts(8, 0, 5, 0))).toMatchObject({
      valid: 8,
      due: 0,
      expired: 5,
      suppressed: false,
    });
    expect(shownCompliance(analyst(), counts(0, 0, 0, 0))).toMatchObject({
      required: 0,
      rate: null,
      suppressed: false,
    });
  });
});
