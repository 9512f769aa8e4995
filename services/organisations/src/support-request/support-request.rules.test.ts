import { anonymousViewer, clientViewer, personViewer, type Role } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import {
  isOwnRequest,
  isPossible,
  mayReadText,
  mayWithdraw,
  problemWithAssessment,
  scoreOf,
  type SupportRequestAction,
  type SupportRequestStatus,
} from "./support-request.rules.ts";

const acting = (roles: readonly Role[], personId = "per_me", organisationId = "org_a") =>
  personViewer({ personId, organisationId, roles });
const request = { requestedById: "org_a", requestedByPersonId: "per_me" };

describe("a request for support", () => {
  it("allows in each status what its table says", () => {
    const statuses: SupportRequestStatus[] = [
      "RECEIVED",
      "SCOPING",
      "ASSESSED",
      "ACCEPTED",
      "DECLINED",
      "REDIRECTED",
      "WITHDRAWN",
    ];
    const possible = (action: SupportRequestAction) => statuses.filter((status) => isPossible(action, status));
    expect(possible("startScoping")).toEqual(["RECEIVED"]);
    expect(possible("assess")).toEqual(["RECEIVED", "SCOPING"]);
    expect(possible("accept")).toEqual(["ASSESSED"]);
    for (const action of ["sponsor", "decline", "withdraw"] as const)
      expect(possible(action)).toEqual(["RECEIVED", "SCOPING", "ASSESSED"]);
  });

  it("has a score when two have given theirs: the mean, to two places", () => {
    expect(scoreOf([])).toBeNull();
    expect(scoreOf([5])).toBeNull();
    expect(scoreOf([3.5, 4])).toBe(3.75);
    expect(scoreOf([1, 1, 2])).toBe(1.33);
  });

  it("is assessed with 0 to 5 and a rationale", () => {
    for (const score of [0, 2.5, 5]) expect(problemWithAssessment({ score, rationale: "x" })).toBeNull();
    for (const score of [-0.1, 5.1, Number.NaN, Infinity])
      expect(problemWithAssessment({ score, rationale: "x" })).toContain("0 to 5");
    expect(problemWithAssessment({ score: 1, rationale: " " })).toContain("rationale");
  });

  it("is one's own when one acts for the organisation that asks, or belongs to it", () => {
    expect(isOwnRequest(acting([]), request, [])).toBe(true);
    expect(isOwnRequest(acting([], "per_me", "org_b"), request, ["org_b", "org_a"])).toBe(true);
    expect(isOwnRequest(acting([], "per_me", "org_b"), request, ["org_b"])).toBe(false);
  });

  it("is withdrawn by whoever made it, their lead, the office", () => {
    for (const viewer of [acting(["MEMBER"]), acting(["LEAD"], "per_x"), acting(["OFFICE"], "per_x", "org_b")])
      expect(mayWithdraw(viewer, request)).toBe(true);
    for (const viewer of [
      anonymousViewer,
      acting(["MEMBER"], "per_x"),
      acting(["LEAD"], "per_x", "org_b"),
      acting(["ANALYST"]),
    ])
      expect(mayWithdraw(viewer, request)).toBe(false);
    expect(mayWithdraw(acting(["MEMBER"]), { requestedById: "org_b", requestedByPersonId: null })).toBe(false);
  });

  it("keeps its free text from those who only analyse", () => {
    const machine = clientViewer({ clientId: "c", scopes: ["analysis:read"] });
    for (const viewer of [anonymousViewer, machine, acting(["ANALYST"], "per_x", "org_b")])
      expect(mayReadText(viewer, request)).toBe(false);
    for (const viewer of [
      acting(["MEMBER"]),
      acting(["LEAD"], "per_x"),
      acting(["FACILITATOR"], "per_x"),
      acting(["SPONSOR"], "per_x"),
    ])
      expect(mayReadText(viewer, request)).toBe(true);
  });
});
