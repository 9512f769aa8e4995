import { readFileSync } from "node:fs";
import { join } from "node:path";
import { analyst, anonymous, lead, member, office } from "@clic/subgraph-testing";
import { describe, expect, it } from "@jest/globals";
import {
  aYearAfter,
  facultyStatus,
  type FacultyStatus,
  facultySteps,
  hasTaughtSince,
  mayAccredit,
  mayLeave,
  mayNominate,
  mayRecordTeaching,
  mayTake,
  missingEvidence,
  renewableFrom,
  renewedUntil,
} from "./faculty.rules.ts";

const today = "2026-11-25";

describe("the states of a faculty membership", () => {
  it("are drawn in the README as the table has them", () => {
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
    const section = readme.slice(readme.indexOf("## Faculty and champions"));
    const drawn = /```mermaid\nstateDiagram-v2\n([\s\S]*?)\n```/
      .exec(section)?.[1]
      ?.split("\n")
      .map((line) => line.trim());
    expect(drawn).toEqual(facultySteps.map(({ from, to, by }) => `${from ?? "[*]"} --> ${to}: ${by}`));
  });

  it("follow from the days, and lapse the day after the accreditation's last", () => {
    const accreditedUntil = "2027-03-02";
    expect(facultyStatus({}, today)).toBe("NOMINATED");
    expect(facultyStatus({ trainedFrom: today }, today)).toBe("TRAINING");
    expect(["2027-03-01", "2027-03-02", "2027-03-03"].map((day) => facultyStatus({ accreditedUntil }, day))).toEqual([
      "ACCREDITED",
      "ACCREDITED",
      "LAPSED",
    ]);
    expect(facultyStatus({ accreditedUntil, leftOn: today }, today)).toBe("LEFT");
  });

  it("end with leaving, and can't skip training or evidence", () => {
    const operations = [...new Set(facultySteps.map(({ by }) => by))];
    expect(operations.filter((by) => mayTake("LEFT", by))).toEqual([]);
    expect(mayTake("NOMINATED", "accreditFaculty")).toBe(false);
    expect(mayTake("TRAINING", "renewFaculty")).toBe(false);
    for (const from of ["NOMINATED", "TRAINING", "ACCREDITED", "LAPSED"] satisfies FacultyStatus[])
      expect(mayTake(from, "leaveFaculty")).toBe(true);
  });
});

describe("accreditation", () => {
  it("needs a workshop attended, sessions taught and a project reviewed", () => {
    const enough = { trainedFrom: "2026-01-01", sessionsTaught: 2, sessionsNeeded: 2, projectsReviewed: 1 };
    expect(missingEvidence(enough)).toEqual([]);
    expect(missingEvidence({ ...enough, sessionsTaught: 0 })).toEqual(["2 more sessions taught"]);
    expect(missingEvidence({ sessionsTaught: 0, sessionsNeeded: 6, projectsReviewed: 0 })).toHaveLength(3);
  });

  it("lasts a year, and is renewed from 60 days before it ends, with teaching since", () => {
    expect(aYearAfter(today)).toBe("2027-11-25");
    expect(aYearAfter("2028-02-29")).toBe("2029-02-28");
    expect(renewableFrom({ accreditedUntil: "2027-03-02" })).toBe("2027-01-01");
    expect(renewableFrom({})).toBeNull();
    expect(renewedUntil({ accreditedUntil: "2026-12-31" }, today)).toBe("2027-12-31");
    expect(renewedUntil({ accreditedUntil: "2026-01-01" }, today)).toBe("2027-11-25");
    const since = { accreditedOn: "2025-06-01", lastTaughtOn: "2026-01-01" };
    expect(hasTaughtSince(since)).toBe(true);
    expect(hasTaughtSince({ ...since, renewedOn: "2026-01-01" })).toBe(false);
    expect(hasTaughtSince({ accreditedOn: "2025-06-01" })).toBe(false);
  });
});

describe("who may do what in the faculty", () => {
  const person = member().personId as string;

  it("nominates: the office, and leads for their own organisation", () => {
    const organisation = lead().organisationId;
    for (const viewer of [office(), lead()]) expect(mayNominate(viewer, organisation)).toBe(true);
    for (const viewer of [member(), analyst(), anonymous, lead("l", "demo-trust-2")])
      expect(mayNominate(viewer, organisation)).toBe(false);
    expect(mayNominate(lead(), null)).toBe(false);
  });

  it("accredits and renews: the office, and nobody themselves", () => {
    expect(mayAccredit(office(), person)).toBe(true);
    expect(mayAccredit(office(), office().personId as string)).toBe(false);
    for (const viewer of [member(), lead(), analyst(), anonymous]) expect(mayAccredit(viewer, person)).toBe(false);
  });

  it("records teaching: the office and the coach, and nobody their own", () => {
    const coachId = lead().personId;
    for (const viewer of [office(), lead()])
      expect(mayRecordTeaching(viewer, { personId: person, coachId })).toBe(true);
    for (const viewer of [member(), analyst(), anonymous])
      expect(mayRecordTeaching(viewer, { personId: person, coachId })).toBe(false);
    expect(mayRecordTeaching(office(), { personId: office().personId as string })).toBe(false);
    expect(mayRecordTeaching(anonymous, { personId: person, coachId: null })).toBe(false);
  });

  it("leaves: the person, and the office ends it", () => {
    for (const viewer of [office(), member()]) expect(mayLeave(viewer, person)).toBe(true);
    for (const viewer of [lead(), analyst(), anonymous]) expect(mayLeave(viewer, person)).toBe(false);
  });
});
