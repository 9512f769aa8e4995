import { describe, expect, it } from "@jest/globals";
import { analyst, lead, member, office } from "@clic/subgraph-testing";
import {
  addDays,
  certificateStatus,
  completionProblem,
  dueDays,
  mayReadPerson,
  mayRecord,
} from "./completion.rules.ts";

const today = "2026-11-25";

describe("a certificate", () => {
  it.each([
    ["VALID", null, null],
    ["VALID", addDays(today, dueDays + 1), null],
    ["DUE", addDays(today, dueDays), null],
    ["DUE", today, null],
    ["EXPIRED", addDays(today, -1), null],
    ["REVOKED", null, today],
    ["REVOKED", addDays(today, -100), addDays(today, -200)],
    ["VALID", null, addDays(today, 1)],
  ])("is %s when it expires on %s and was revoked on %s", (status, expiresOn, revokedOn) => {
    expect(certificateStatus({ expiresOn, revokedOn }, today)).toBe(status);
  });

  it("changes with the day alone", () => {
    const certificate = { expiresOn: "2027-03-01", revokedOn: null };
    const seen = ["2026-12-30", "2026-12-31", "2027-03-01", "2027-03-02"].map((day) =>
      certificateStatus(certificate, day),
    );
    expect(seen).toEqual(["VALID", "DUE", "DUE", "EXPIRED"]);
  });
});

describe("a completion", () => {
  it("is of a course that is or was offered, not of tomorrow, and expires later if ever", () => {
    const draft = { completedOn: today, expiresOn: null, today, course: "LIVE" } as const;
    expect(completionProblem(draft)).toBeNull();
    expect(completionProblem({ ...draft, course: "RETIRED" })).toBeNull();
    expect(completionProblem({ ...draft, course: "DRAFT" })).toContain("draft");
    expect(completionProblem({ ...draft, completedOn: addDays(today, 1) })).toContain("future");
    expect(completionProblem({ ...draft, expiresOn: today })).toContain("expires");
  });

  it("shows its person to all who see it but analysts, unless it is their own", () => {
    const person = member().personId as string;
    expect([member(), lead(), office(), analyst()].map((viewer) => mayReadPerson(viewer, person))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(mayReadPerson(analyst(), analyst().personId as string)).toBe(true);
  });

  it("is recorded by the office, and by leads for their own organisation", () => {
    const own = lead().organisationId;
    expect([member(), analyst(), lead("other", "demo-trust-2")].some((viewer) => mayRecord(viewer, own))).toBe(false);
    expect([office(), lead()].every((viewer) => mayRecord(viewer, own))).toBe(true);
    expect(mayRecord(lead(), null)).toBe(false);
  });
});
