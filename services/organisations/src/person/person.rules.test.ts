import { anonymousViewer, clientViewer, personViewer, systemViewer, type Role } from "@clic/identity";
import { describe, expect, it } from "@jest/globals";
import { employerOf, mayFilterByName, mayFilterByPerson, mayReadName } from "./person.rules.ts";

const acting = (roles: readonly Role[]) => personViewer({ personId: "per_me", organisationId: "org_a", roles });
const inA = [{ organisationId: "org_a", status: "ACTIVE", isPrimary: true }];
const inB = [{ organisationId: "org_b", status: "ACTIVE", isPrimary: true }];
const leftA = [{ organisationId: "org_a", status: "LEFT", isPrimary: true }];
const other = { id: "per_other" };

describe("a person's name", () => {
  it("is read by oneself, the office and the system", () => {
    for (const viewer of [acting([]), acting(["ANALYST"])])
      expect(mayReadName(viewer, { id: "per_me" }, [])).toBe(true);
    for (const viewer of [acting(["OFFICE"]), systemViewer("x")]) expect(mayReadName(viewer, other, inB)).toBe(true);
  });

  it("is read by the lead of an organisation they belong to, and no longer when they have left", () => {
    expect(mayReadName(acting(["LEAD"]), other, inA)).toBe(true);
    expect(mayReadName(acting(["LEAD"]), other, inB)).toBe(false);
    expect(mayReadName(acting(["LEAD"]), other, leftA)).toBe(false);
  });

  it("is withheld from everybody else", () => {
    const machine = clientViewer({ clientId: "c", scopes: ["analysis:read", "operations:read"] });
    const roles: Role[] = ["MEMBER", "ANALYST", "PARTNER", "FACILITATOR", "SPONSOR", "OPERATIONS_GROUP"];
    for (const viewer of [anonymousViewer, machine, ...roles.map((role) => acting([role]))])
      expect(mayReadName(viewer, other, inA)).toBe(false);
  });

  it("is no filter for whoever sees a person whose name they may not read", () => {
    expect(mayFilterByName(acting(["OFFICE"]))).toBe(true);
    expect(mayFilterByName(acting(["LEAD"]))).toBe(true);
    for (const viewer of [
      anonymousViewer,
      acting(["LEAD", "ANALYST"]),
      acting(["LEAD", "FACILITATOR"]),
      acting(["MEMBER"]),
    ])
      expect(mayFilterByName(viewer)).toBe(false);
  });
});

describe("the person behind a membership or a secondment", () => {
  it("is no filter for a lead, who sees those of people they may not know of as well", () => {
    for (const roles of [["OFFICE"], ["ANALYST"], ["LEAD", "FACILITATOR"], ["MEMBER"]] as const)
      expect(mayFilterByPerson(acting([...roles]))).toBe(true);
    expect(mayFilterByPerson(acting(["LEAD"]))).toBe(false);
  });
});

describe("an employer", () => {
  it("is the organisation of the primary membership, while it lasts", () => {
    expect(employerOf(inA)).toBe("org_a");
    expect(employerOf(leftA)).toBeNull();
    expect(employerOf([{ organisationId: "org_a", status: null, isPrimary: true }])).toBe("org_a");
    expect(employerOf([{ organisationId: "org_a", status: "ACTIVE", isPrimary: false }])).toBeNull();
  });
});
