import { describe, expect, it } from "@jest/globals";
import {
  demonstrationEvents,
  demonstrationOrganisations,
  demonstrationPeople,
  demonstrationWorkItems,
  founding,
  seedId,
} from "./index.ts";

describe("the founding facts", () => {
  it("keep every unknown null", () => {
    expect(founding.workItems).toHaveLength(16);
    expect(founding.events).toHaveLength(20);
    expect(founding.workItems.filter((item) => item.strategy !== null).map((item) => item.title)).toHaveLength(4);
    expect(founding.people.map((person) => person.name)).toEqual(["Stephen Singleton", null, null, null, null]);
    expect(founding.people.map((person) => person.from)).toEqual([["CCG"], [], ["CPFT"], ["CCG"], ["CCG"]]);
    expect(founding.organisations.every((organisation) => (organisation.ods ?? null) === null)).toBe(true);
  });
});

describe("the demonstration", () => {
  it("gives every thing a key of its own", () => {
    for (const things of [demonstrationOrganisations, demonstrationPeople, demonstrationWorkItems, demonstrationEvents])
      expect(new Set(things.map((thing) => thing.key)).size).toBe(things.length);
  });

  it("refers only to what is there", () => {
    const organisations = new Set([...demonstrationOrganisations, ...founding.organisations].map(({ key }) => key));
    const workItems = new Set(demonstrationWorkItems.map(({ key }) => key));
    for (const person of demonstrationPeople)
      for (const { organisation } of person.memberships) expect(organisations).toContain(organisation);
    for (const item of demonstrationWorkItems) expect(organisations).toContain(item.leadOrganisation);
    for (const event of demonstrationEvents) expect([...workItems, null]).toContain(event.workItem);
  });

  it("has ODS codes that ODS can't issue", () => {
    for (const { odsCode } of demonstrationOrganisations) expect(odsCode).toContain("-");
  });

  it("makes the same ids every time", () => {
    expect(seedId("Event", "demo-event-1")).toBe(seedId("Event", "demo-event-1"));
    expect(seedId("Event", "demo-event-1")).not.toBe(seedId("Event", "demo-event-2"));
  });
});
