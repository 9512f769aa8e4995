import { describe, expect, it } from "@jest/globals";
import { type Role, roles } from "./roles.ts";
import { isTooSmallFor, mayReadCountsOf, smallestShownCount } from "./small-counts.ts";
import { anonymousViewer, clientViewer, personViewer } from "./viewer.ts";

const organisationId = "org_1";
const as = (role: Role, acting = organisationId) =>
  personViewer({ personId: "per_1", organisationId: acting, roles: [role] });
const machine = clientViewer({ clientId: "c", organisationId, roles: ["CLIENT"], scopes: roles.CLIENT.scopes });

describe("counts of an organisation's people", () => {
  it("are for who reads operations, analysts and its own leads", () => {
    for (const viewer of [as("OFFICE"), as("FACILITATOR"), as("ANALYST"), as("LEAD"), machine])
      expect(mayReadCountsOf(viewer, organisationId)).toBe(true);
    for (const viewer of [anonymousViewer, as("MEMBER"), as("PARTNER"), as("LEAD", "org_2")])
      expect(mayReadCountsOf(viewer, organisationId)).toBe(false);
  });

  it("are withheld from analysts alone where they are of a few, and zero is not", () => {
    const withheld = (viewer: Parameters<typeof isTooSmallFor>[0]) =>
      [0, 1, smallestShownCount - 1, smallestShownCount].map((count) => isTooSmallFor(viewer, organisationId, count));
    expect(withheld(as("ANALYST"))).toEqual([false, true, true, false]);
    for (const viewer of [as("OFFICE"), as("FACILITATOR"), as("LEAD"), machine])
      expect(withheld(viewer)).toEqual([false, false, false, false]);
    expect(withheld(as("LEAD", "org_2"))).toEqual([false, true, true, false]);
  });
});
