import { describe, expect, it } from "@jest/globals";
import { findLicenceProblems } from "./licences.rules.ts";

const installed = (name: string, licence: string) => [{ path: `node_modules/${name}`, name, licence }];

describe("NOTICE", () => {
  it("need not name what is permissive, or can be taken as such", () => {
    expect(findLicenceProblems(installed("a", "(MIT OR GPL-3.0)"), [], "")).toEqual([]);
    expect(findLicenceProblems(installed("a", "(MIT AND BSD-3-Clause)"), [], "")).toEqual([]);
  });

  it.each(["Elastic-2.0", "(MIT AND GPL-3.0)", "none"])("names what is under %s", (licence) => {
    expect(findLicenceProblems(installed("a", licence), [], "b, and c.")).toEqual([
      `NOTICE: says nothing of a, which is under ${licence}`,
    ]);
    expect(findLicenceProblems(installed("a", licence), [], "b, and a.")).toEqual([]);
  });

  it("lists each direct dependency with the licence it has", () => {
    expect(findLicenceProblems(installed("a", "MIT"), ["a"], "  a: ISC")).toEqual([
      'NOTICE: the line "  a: MIT" is missing',
    ]);
    expect(findLicenceProblems(installed("a", "MIT"), ["a"], "  a: MIT")).toEqual([]);
  });
});
