import { describe, expect, it } from "@jest/globals";
import {
  draw,
  employerAtScale,
  eventAtScale,
  organisationAtScale,
  personAtScale,
  referenceDay,
  scaleNamed,
  workItemAtScale,
  workItemNumbers,
  workItemsOfType,
} from "../index.ts";

const county = scaleNamed("county");
const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

describe("a scale", () => {
  it("is a county, a hundred of them, or a part of one that keeps its shape", () => {
    expect(county).toMatchObject({ organisations: 100, people: 17_000, events: 5_000, completions: 300_000 });
    expect(scaleNamed("nation")).toMatchObject({ organisations: 10_000, people: 1_700_000, completions: 30_000_000 });
    expect(scaleNamed("county/20")).toMatchObject({ organisations: 20, people: 850, workItems: 39, bookings: 12_500 });
    for (const name of ["", "village", "county/0", "county/x", "county/-1", "constructor"])
      expect(() => scaleNamed(name)).toThrow("There is no scale");
  });

  it("draws evenly and the same every time", () => {
    const drawn = numbers(10_000).map((number) => draw(1, number, 10));
    for (const value of numbers(10)) expect(drawn.filter((one) => one === value).length).toBeGreaterThan(850);
    expect(drawn.slice(0, 6)).toEqual(numbers(6).map((number) => draw(1, number, 10)));
  });
});

describe("the cast at scale", () => {
  it("has organisations whose codes ODS can't issue, practices below a commissioning group", () => {
    const all = numbers(county.organisations).map(organisationAtScale);
    expect(new Set(all.map(({ odsCode }) => odsCode)).size).toBe(all.length);
    for (const { kind, odsCode, parentId } of all) {
      expect(odsCode).toMatch(/^DEMO-\d+$/);
      expect(parentId !== null).toBe(kind === "PRACTICE");
      if (parentId !== null) expect(all.find(({ id }) => id === parentId)?.kind).toBe("CCG");
    }
  });

  it("has people who work somewhere, lead their organisation when they are its first, and come from elsewhere", () => {
    const all = numbers(county.people).map((number) => personAtScale(county, number));
    for (const { number, employer, since, formerEmployer, otherEmployer } of all) {
      expect(employer).toBeLessThan(county.organisations);
      expect(since < referenceDay).toBe(true);
      expect([formerEmployer, otherEmployer]).not.toContain(employer);
      expect(employerAtScale(county, number, 0)).toBe(employer);
    }
    expect(
      all.slice(0, 100).every(({ number, employer, roles }) => employer === number && roles.includes("LEAD")),
    ).toBe(true);
    const moved = all.find(({ formerEmployer }) => formerEmployer !== null);
    expect(employerAtScale(county, moved?.number as number, 3_000)).toBe(moved?.formerEmployer);
  });

  it("has work of every type, whose id tells the type", () => {
    for (const [type, count] of [
      ["Rpiw", 400],
      ["LearningInitiative", 40],
      ["LeadershipInitiative", 40],
      ["ImprovementProject", 40],
    ] as const) {
      const found = [...workItemNumbers(county, type)].map((number) => workItemAtScale(county, number));
      expect([found.length, workItemsOfType(county, type)]).toEqual([count, count]);
      expect(found.map(({ place }) => place)).toEqual(numbers(count));
      expect(found.every((item) => item.type === type && (item.phase !== null) === (type === "Rpiw"))).toBe(true);
    }
  });

  it("has events in the order of their days, which are over before the reference day and planned after", () => {
    const all = numbers(county.events).map((number) => eventAtScale(county, number));
    for (const { status, startsAt } of all) {
      const over = startsAt.toISOString().slice(0, 10) < referenceDay;
      expect([...(over ? ["COMPLETED"] : ["PUBLISHED", "DRAFT", "CLOSED"]), "CANCELLED"]).toContain(status);
    }
    const days = all.map(({ startsAt }) => startsAt.toISOString().slice(0, 10));
    expect(days).toEqual(days.toSorted());
  });
});
