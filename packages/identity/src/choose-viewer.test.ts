import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { chooseViewer, roles, type Account, type Role } from "./index.ts";

const secondee: Account = {
  id: "acc_1",
  kind: "PERSON",
  personId: "per_1",
  clientId: null,
  memberships: [
    { organisationId: "org_host", roles: ["FACILITATOR"], primary: false },
    { organisationId: "org_home", roles: ["MEMBER"], primary: true },
  ],
};
const machine: Account = { ...secondee, kind: "CLIENT", personId: null, clientId: "clic-machine", memberships: [] };
const allScopes = Object.values(roles).flatMap((role) => [...role.scopes]);

function chosen(account: Account | null, actingOrganisation?: string | null, tokenScopes: string[] = []) {
  return chooseViewer({ account, actingOrganisation, tokenScopes });
}

describe("who a person is in the graph", () => {
  it("is their primary membership when they name no organisation", () => {
    for (const none of [undefined, null]) {
      const { viewer } = chosen(secondee, none);
      expect(viewer).toMatchObject({
        kind: "person",
        personId: "per_1",
        organisationId: "org_home",
        roles: ["MEMBER"],
      });
      expect([...(viewer?.scopes ?? [])]).toEqual([...roles.MEMBER.scopes]);
    }
  });

  it("is the membership they name, with the roles of that one only", () => {
    const { viewer } = chosen(secondee, "org_host");
    expect(viewer).toMatchObject({ organisationId: "org_host", roles: ["FACILITATOR"] });
    expect([...(viewer?.scopes ?? [])]).toEqual(["operations:read"]);
  });

  it("is refused when they name an organisation that isn't theirs, or nothing at all", () => {
    for (const other of ["org_other", "", "ORG_HOME", "org_home ", "null"]) {
      expect(chosen(secondee, other)).toMatchObject({ viewer: null, refusal: { code: "ACTING_ORGANISATION_REFUSED" } });
    }
    expect(chosen({ ...secondee, memberships: [] }, "org_home").refusal?.code).toBe("ACTING_ORGANISATION_REFUSED");
  });

  it("is the first membership when none is marked, and no organisation, role or scope without one", () => {
    const unmarked = secondee.memberships.map((membership) => ({ ...membership, primary: false }));
    expect(chosen({ ...secondee, memberships: unmarked }).viewer?.organisationId).toBe("org_host");
    const { viewer } = chosen({ ...secondee, memberships: [] });
    expect(viewer).toMatchObject({ kind: "person", organisationId: null, roles: [] });
    expect(viewer?.scopes.size).toBe(0);
  });

  it("has the union of the roles' scopes, whatever the token asks for, and no role that doesn't exist", () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(roles) as Role[]), fc.array(fc.string()), (held, tokenScopes) => {
        const memberships = [{ organisationId: "org_1", roles: [...held, "KING", "toString"], primary: true }];
        const { viewer } = chosen({ ...secondee, memberships }, null, [...tokenScopes, ...allScopes]);
        const expected = held.filter((role) => role !== "CLIENT");
        expect(viewer?.roles).toEqual(expected);
        expect(viewer?.scopes).toEqual(new Set(expected.flatMap((role) => [...roles[role].scopes])));
      }),
    );
  });

  it("is nobody without an account, or with one that names no person", () => {
    expect(chosen(null).refusal?.code).toBe("ACCOUNT_UNKNOWN");
    expect(chosen({ ...secondee, personId: null }).refusal?.code).toBe("ACCOUNT_UNKNOWN");
    expect(chosen({ ...machine, clientId: null }).refusal?.code).toBe("ACCOUNT_UNKNOWN");
  });
});

describe("who a machine client is in the graph", () => {
  it("has the scopes that both its token and the role CLIENT have", () => {
    fc.assert(
      fc.property(fc.subarray(["account:resolve", "rule:all", ...allScopes]), (tokenScopes) => {
        const { viewer } = chosen(machine, null, tokenScopes);
        const most: readonly string[] = roles.CLIENT.scopes;
        expect(viewer).toMatchObject({ kind: "client", clientId: "clic-machine", personId: null, roles: ["CLIENT"] });
        expect(viewer?.scopes).toEqual(new Set(tokenScopes.filter((scope) => most.includes(scope))));
      }),
    );
  });

  it("gets nothing from the roles of a membership", () => {
    const memberships = [{ organisationId: "org_1", roles: ["OFFICE"], primary: true }];
    const { viewer } = chosen({ ...machine, memberships }, null, ["personal:read", "analysis:read"]);
    expect(viewer?.organisationId).toBe("org_1");
    expect([...(viewer?.scopes ?? [])]).toEqual(["analysis:read"]);
  });
});
