import { analyst, lead, office } from "@clic/subgraph-testing";
import { describe, expect, it } from "@jest/globals";
import { noAttendance, periodProblem, shownAttendance } from "./attendance.rules.ts";

const organisationId = lead().organisationId as string;
const counts = (booked: number, attended: number, noShow: number) => ({
  booked,
  attended,
  noShow,
  peopleBooked: booked,
  peopleAttended: attended,
  peopleNoShow: noShow,
});

describe("an organisation's attendance", () => {
  it("is shown as it is to the office and its leads", () => {
    for (const viewer of [office(), lead()])
      expect(shownAttendance(viewer, organisationId, counts(3, 2, 1))).toEqual({
        booked: 3,
        attended: 2,
        noShow: 1,
        suppressed: false,
      });
  });

  it("withholds from analysts the counts of a few, and what would tell them", () => {
    const shown = (...given: Parameters<typeof counts>) => {
      const { booked, attended, noShow, suppressed } = shownAttendance(analyst(), organisationId, counts(...given));
      return [booked, attended, noShow, suppressed];
    };
    expect(shown(4, 4, 0)).toEqual([null, null, null, true]);
    expect(shown(20, 18, 2)).toEqual([20, null, null, true]);
    expect(shown(20, 2, 18)).toEqual([20, null, null, true]);
    expect(shown(20, 15, 5)).toEqual([20, 15, 5, false]);
    expect(shown(20, 0, 0)).toEqual([20, 0, 0, false]);
    expect(shown(0, 0, 0)).toEqual([0, 0, 0, false]);
  });

  it("goes by how many people there are, not by how often they booked", () => {
    const often = { ...noAttendance, booked: 40, attended: 40, peopleBooked: 2, peopleAttended: 2 };
    expect(shownAttendance(analyst(), organisationId, often).booked).toBeNull();
  });

  it("is of a period that ends when it begins or later", () => {
    expect(periodProblem({ from: "2026-01-01", to: "2026-01-01" })).toBeNull();
    expect(periodProblem({ from: null, to: "2026-01-01" })).toBeNull();
    expect(periodProblem({ from: "2026-01-02", to: "2026-01-01" })).toContain("after");
    expect(periodProblem({ from: "0000-01-02", to: null })).toContain("year 0");
  });
});
