import { anonymous, analyst, lead, member, office, system } from "@clic/subgraph-testing";
import { clientViewer, personViewer } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import {
  charterProblem,
  isOpenTo,
  mayDeliver,
  mayFollow,
  mayReadMeasures,
  mayReadPeople,
  maySignWaiver,
  phaseTransitions,
  reasonProblem,
  reportOutProblem,
  type RpiwPhase,
  workshopDaysProblem,
} from "./rpiw.rules.ts";

const partner = personViewer({ personId: "per_p", organisationId: null, roles: ["PARTNER"] });
const facilitator = personViewer({ personId: "per_f", organisationId: null, roles: ["FACILITATOR"] });
const machine = clientViewer({ clientId: "m", scopes: ["operations:read", "analysis:read"] });

describe("the phases of an RPIW", () => {
  it("never go back, and end when it is closed or abandoned", () => {
    const order = Object.keys(phaseTransitions) as RpiwPhase[];
    for (const from of order)
      for (const to of phaseTransitions[from]) expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
    expect(phaseTransitions.CLOSED).toEqual([]);
    expect(phaseTransitions.ABANDONED).toEqual([]);
  });

  it("can't skip the charter, the baselines, the workshop or the report-out", () => {
    expect(mayFollow("PROPOSED", "WORKSHOP")).toBe(false);
    expect(mayFollow("CHARTERED", "WORKSHOP")).toBe(false);
    expect(mayFollow("BASELINING", "REPORTED_OUT")).toBe(false);
    expect(mayFollow("WORKSHOP", "CLOSED")).toBe(false);
  });

  it("start like a proposal's where the founding report does not say the phase", () => {
    expect(mayFollow(null, "CHARTERED")).toBe(true);
    expect(mayFollow(null, "WORKSHOP")).toBe(false);
    expect(isOpenTo("defineMetric", null)).toBe(false);
  });

  it("say what may be done meanwhile", () => {
    expect(isOpenTo("defineMetric", "CHARTERED")).toBe(true);
    expect(isOpenTo("defineMetric", "WORKSHOP")).toBe(false);
    expect(isOpenTo("recordReading", "FOLLOW_UP")).toBe(true);
    expect(isOpenTo("recordReading", "CLOSED")).toBe(false);
    expect(isOpenTo("review", "WORKSHOP")).toBe(false);
  });
});

describe("who may do what with an RPIW", () => {
  const owned = { processOwnerId: member().personId, sponsorId: lead().personId };

  it("delivers it: the office and its own process owner", () => {
    expect(mayDeliver(office(), owned)).toBe(true);
    expect(mayDeliver(member(), owned)).toBe(true);
    for (const viewer of [lead(), analyst(), anonymous, facilitator, machine])
      expect(mayDeliver(viewer, owned)).toBe(false);
    expect(mayDeliver(anonymous, { processOwnerId: null, sponsorId: null })).toBe(false);
  });

  it("signs a waiver: its sponsor or the office, never who is excused by it", () => {
    expect(maySignWaiver(lead(), owned)).toBe(true);
    expect(maySignWaiver(office(), owned)).toBe(true);
    expect(maySignWaiver(office(), { ...owned, processOwnerId: office().personId })).toBe(false);
    for (const viewer of [member(), analyst(), anonymous, system]) expect(maySignWaiver(viewer, owned)).toBe(false);
  });

  it("reads measures: everybody who has signed in", () => {
    for (const viewer of [member(), analyst(), partner, machine]) expect(mayReadMeasures(viewer)).toBe(true);
    expect(mayReadMeasures(anonymous)).toBe(false);
  });

  it("reads who is involved: staff and the office, not analysts, partners or machines", () => {
    for (const viewer of [member(), lead(), office(), facilitator]) expect(mayReadPeople(viewer)).toBe(true);
    for (const viewer of [analyst(), partner, machine, anonymous]) expect(mayReadPeople(viewer)).toBe(false);
  });
});

describe("what an RPIW needs", () => {
  it.each([
    [5, false],
    [6, true],
    [10, true],
    [11, false],
  ])("a team of %i is fine: %s", (teamSize, fine) => {
    expect(charterProblem({ teamSize }) === null).toBe(fine);
  });

  it("days that have come, in their order", () => {
    const today = "2026-06-12";
    expect(workshopDaysProblem({ startsOn: "2026-06-08", endsOn: "2026-06-12", today })).toBeNull();
    expect(workshopDaysProblem({ startsOn: "2026-06-13", endsOn: null, today })).toContain("future");
    expect(workshopDaysProblem({ startsOn: "2026-06-08", endsOn: "2026-06-07", today })).toContain("before");
    expect(reportOutProblem({ on: "2026-06-12", workshopStartsOn: "2026-06-08", today })).toBeNull();
    expect(reportOutProblem({ on: "2026-06-13", workshopStartsOn: "2026-06-08", today })).toContain("future");
    expect(reportOutProblem({ on: "2026-06-07", workshopStartsOn: "2026-06-08", today })).toContain("before");
  });

  it("a reason that says something", () => {
    expect(reasonProblem(" ")).not.toBeNull();
    expect(reasonProblem("The ward has moved.")).toBeNull();
  });
});
