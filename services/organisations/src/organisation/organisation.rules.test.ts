import { describe, expect, it } from "@jest/globals";
import { nextOrganisationStatuses, problemWithOrganisation } from "./organisation.rules.ts";

describe("an organisation's rules", () => {
  it("go from put forward to part of the directory and out of it, and back in", () => {
    expect(nextOrganisationStatuses("PROPOSED")).toEqual(["ACTIVE", "INACTIVE"]);
    expect(nextOrganisationStatuses("ACTIVE")).toEqual(["INACTIVE"]);
    expect(nextOrganisationStatuses("INACTIVE")).toEqual(["ACTIVE"]);
    expect(nextOrganisationStatuses(null)).toHaveLength(3);
  });

  it("take the codes that ODS issues, and no others", () => {
    for (const odsCode of ["RNN", "A82001", "ABCDEFGHIJ", null, undefined])
      expect(problemWithOrganisation({ name: "A", ...(odsCode !== undefined && { odsCode }) })).toBeNull();
    for (const odsCode of ["", "AB", "ABCDEFGHIJK", "rnn", "DEMO-P01", "A 1", "ABC\n"])
      expect(problemWithOrganisation({ name: "A", odsCode })).toContain("ODS");
    for (const name of ["", "  ", "x".repeat(201)]) expect(problemWithOrganisation({ name })).toContain("name");
  });
});
