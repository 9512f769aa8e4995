import { anonymousViewer, clientViewer, personViewer, type Role } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import {
  isPossible,
  mayReadText,
  mayWithdraw,
  problemWithRedirection,
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
    expect(possible("moderate")).toEqual(["SCOPING"]);
    for (const action of ["sponsor", "decline", "redirect", "withdraw"] as const)
      expect(possible(action)).toEqual(["RECEIVED", "SCOPING", "ASSESSED"]);
  });

  it("is passed on to one place, another than the one that asks, for a reason", () => {
    const problem = (input: object) => problemWithRedirection({ reason: "They can", ...input }, "org_a");
    expect(problem({ toOrganisationId: "org_b" })).toBeNull();
    expect(problem({ toBody: "The housing office, 01228 000000" })).toBeNull();
    for (const input of [{}, { toOrganisationId: "org_b", toBody: "B" }])
      expect(problem(input)).toContain("one of the two");
    expect(problem({ toOrganisationId: "org_a" })).toContain("the one that asks");
    expect(problem({ toBody: " " })).toContain("body");
    expect(problem({ toBody: "B", reason: "" })).toContain("reason");
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
