import { personViewer, type Role } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import {
  type Belongings,
  isOwnRequest,
  isSameAssessment,
  mayReadRationales,
  outcomeOf,
  pointsApart,
  problemWithModeration,
  problemWithScores,
  totalOf,
} from "./assessment.rules.ts";

const criteria = [
  { id: "crt_a", code: "reach", weight: 60, scaleFrom: 0, scaleTo: 5 },
  { id: "crt_b", code: "benefit", weight: 40, scaleFrom: 1, scaleTo: 3 },
];
const scores = (a: number, b: number, rationale = "So") => [
  { criterionId: "crt_a", value: a, rationale },
  { criterionId: "crt_b", value: b, rationale },
];

describe("an assessment", () => {
  it("totals 0 at the foot of every scale and 100 at the top, by weight between", () => {
    expect(totalOf(criteria, scores(0, 1))).toBe(0);
    expect(totalOf(criteria, scores(5, 3))).toBe(100);
    expect(totalOf(criteria, scores(5, 1))).toBe(60);
    expect(totalOf(criteria, scores(1, 2))).toBe(32);
    expect(totalOf([{ ...criteria[0]!, weight: 100, scaleTo: 3 }], scores(1, 1).slice(0, 1))).toBe(33.33);
  });

  it("scores every criterion once, on its scale, for a reason", () => {
    expect(problemWithScores(criteria, scores(2.5, 3))).toBeNull();
    expect(problemWithScores(criteria, scores(2, 2).slice(0, 1))).toBe(
      "Every criterion is scored; benefit is missing.",
    );
    expect(problemWithScores(criteria, [...scores(2, 2), ...scores(2, 2)])).toContain("twice");
    for (const value of [-0.1, 5.1, Number.NaN, Infinity])
      expect(problemWithScores(criteria, scores(value, 2))).toBe("The score for reach is 0 to 5.");
    expect(problemWithScores(criteria, scores(2, 0))).toBe("The score for benefit is 1 to 3.");
    expect(problemWithScores(criteria, scores(2, 2, " "))).toContain("rationale for reach");
  });

  it("is the same when every value is", () => {
    expect(isSameAssessment(scores(1, 2), scores(1, 2).toReversed())).toBe(true);
    expect(isSameAssessment(scores(1, 2), scores(1, 3))).toBe(false);
    expect(isSameAssessment(scores(1, 2), scores(1, 2).slice(0, 1))).toBe(false);
  });
});

describe("two assessments", () => {
  it("make a score, their mean, unless they differ by more than they may", () => {
    expect(outcomeOf([], 30)).toEqual({ score: null, moderationNeeded: false });
    expect(outcomeOf([80], 30)).toEqual({ score: null, moderationNeeded: false });
    expect(outcomeOf([80.01, 50.01], 30)).toEqual({ score: 65.01, moderationNeeded: false });
    expect(outcomeOf([80.02, 50.01], 30)).toEqual({ score: null, moderationNeeded: true });
    expect(outcomeOf([50, 50], 0)).toEqual({ score: 50, moderationNeeded: false });
  });

  it("differ by points to two places, whatever binary fractions make of them", () => {
    expect(pointsApart([80.1, 50.1])).toBe(30);
    expect(pointsApart([])).toBe(0);
  });

  it("are moderated with 0 to 100 points and a rationale", () => {
    expect(problemWithModeration({ score: 0, rationale: "So" })).toBeNull();
    for (const score of [-1, 100.1, Number.NaN])
      expect(problemWithModeration({ score, rationale: "So" })).toContain("0 to 100");
    expect(problemWithModeration({ score: 1, rationale: " " })).toContain("rationale");
  });
});

describe("a request", () => {
  const acting = (organisationId: string, roles: readonly Role[] = []) =>
    personViewer({ personId: "per_me", organisationId, roles });
  const request = { requestedById: "org_a", requestedByPersonId: "per_asked" };
  const nowhere: Belongings = { memberships: [], secondments: [] };
  const isOwn = (belongings: Partial<Belongings>, viewer = acting("org_b"), one = request) =>
    isOwnRequest(viewer, one, { ...nowhere, ...belongings }, "2026-11-26");

  it("is one's own when one acts for the organisation that asks, is its member, or asked oneself", () => {
    expect(isOwn({})).toBe(false);
    expect(isOwn({}, acting("org_a"))).toBe(true);
    expect(isOwn({}, acting("org_b"), { ...request, requestedByPersonId: "per_me" })).toBe(true);
    expect(isOwn({ memberships: [{ organisationId: "org_a", status: "ACTIVE" }] })).toBe(true);
    for (const status of ["LEFT", "INVITED", null])
      expect(isOwn({ memberships: [{ organisationId: "org_a", status }] })).toBe(false);
  });

  it("is one's own on both ends of a secondment, while it lasts", () => {
    const secondment = { homeId: "org_x", hostId: "org_a", startsOn: "2026-11-26", endsOn: "2026-11-26" };
    expect(isOwn({ secondments: [secondment] })).toBe(true);
    expect(isOwn({ secondments: [{ ...secondment, homeId: "org_a", hostId: "org_x" }] })).toBe(true);
    expect(isOwn({ secondments: [{ ...secondment, startsOn: null, endsOn: null }] })).toBe(true);
    expect(isOwn({ secondments: [{ ...secondment, startsOn: "2026-11-27", endsOn: null }] })).toBe(false);
    expect(isOwn({ secondments: [{ ...secondment, startsOn: null, endsOn: "2026-11-25" }] })).toBe(false);
  });

  it("has rationales that those who only analyse don't read", () => {
    expect(mayReadRationales(acting("org_b", ["ANALYST"]))).toBe(false);
    for (const role of ["OPERATIONS_GROUP", "OFFICE", "FACILITATOR"] as const)
      expect(mayReadRationales(acting("org_b", [role]))).toBe(true);
  });
});
