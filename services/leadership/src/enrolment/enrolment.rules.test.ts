import { deterministicGlobalId } from "@clic/global-id";
import { anonymousViewer, personViewer } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import { actorsOf, attendanceRate, enrolmentSteps, mayComplete, mayStep } from "./enrolment.rules.ts";

describe("an enrolment", () => {
  it("is offered by the office and accepted by the person", () => {
    expect(mayStep("APPLIED", "OFFERED", ["office"])).toBe(true);
    expect(mayStep("APPLIED", "OFFERED", ["self"])).toBe(false);
    expect(mayStep("OFFERED", "ENROLLED", ["self"])).toBe(true);
    expect(mayStep("OFFERED", "ENROLLED", ["office"])).toBe(false);
  });

  it("skips no step and leaves no final state", () => {
    expect(mayStep("APPLIED", "ENROLLED", ["office", "self"])).toBe(false);
    for (const last of ["COMPLETED", "WITHDRAWN", "DEFERRED"])
      expect(enrolmentSteps.filter((step) => step.from === last)).toEqual([]);
  });

  it("is nobody's business but the office's and the person's own", () => {
    const person = deterministicGlobalId("Person", "a");
    const member = personViewer({ personId: person, organisationId: null, roles: ["MEMBER"] });
    expect(actorsOf(member, person)).toEqual(["self"]);
    expect(actorsOf(member, deterministicGlobalId("Person", "b"))).toEqual([]);
    expect(actorsOf(anonymousViewer, person)).toEqual([]);
  });

  it("has an attendance rate once a session was held", () => {
    expect(attendanceRate(0, 0)).toBeNull();
    expect(attendanceRate(3, 4)).toBe(0.75);
  });

  it("completes at four fifths of the sessions", () => {
    expect(mayComplete(4, 5)).toBe(true);
    expect(mayComplete(3, 4)).toBe(false);
    expect(mayComplete(0, 0)).toBe(false);
  });
});
