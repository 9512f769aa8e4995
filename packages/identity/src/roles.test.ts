import { describe, expect, it } from "@jest/globals";
import { anonymousViewer, isRole, isScope, personViewer, roles, scopes, systemViewer, type Role } from "./index.ts";

const names = Object.keys(roles) as Role[];
const rolesWith = (scope: string) => names.filter((role) => (roles[role].scopes as readonly string[]).includes(scope));

describe("the table of roles", () => {
  it("gives nobody the gateway's own scope", () => expect(rolesWith("account:resolve")).toEqual([]));

  it("lets the office alone read everybody's personal data or change operations", () => {
    expect(rolesWith("personal:read")).toEqual(["OFFICE"]);
    expect(rolesWith("operations:write")).toEqual(["OFFICE"]);
  });

  it("names only scopes that exist, each once, and every scope but the gateway's has a role", () => {
    for (const role of names) {
      expect(roles[role].scopes.filter((scope) => !isScope(scope))).toEqual([]);
      expect(new Set(roles[role].scopes).size).toBe(roles[role].scopes.length);
      expect(roles[role].description).toMatch(/\.$/);
    }
    expect(Object.keys(scopes).filter((scope) => rolesWith(scope).length === 0)).toEqual(["account:resolve"]);
  });

  it("isn't fooled by the names every object has", () => {
    for (const name of ["constructor", "toString", "__proto__", "member", ""]) {
      expect(isRole(name) || isScope(name)).toBe(false);
    }
  });
});

describe("a viewer", () => {
  it("who hasn't signed in has nothing", () => {
    expect(anonymousViewer).toMatchObject({ kind: "anonymous", personId: null, organisationId: null, roles: [] });
    expect(anonymousViewer.scopes.size).toBe(0);
  });

  it("who is the system has every scope and no person", () => {
    expect(systemViewer("loader")).toMatchObject({ kind: "system", clientId: "loader", personId: null });
    expect([...systemViewer("loader").scopes]).toEqual(Object.keys(scopes));
  });

  it("doesn't share their scopes with the next", () => {
    const person = { personId: "per_1", organisationId: null, roles: ["MEMBER"] as const };
    (personViewer(person).scopes as Set<string>).add("personal:read");
    expect(personViewer(person).scopes.has("personal:read")).toBe(false);
  });
});
