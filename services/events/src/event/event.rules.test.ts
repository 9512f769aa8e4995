import { anonymous, analyst, lead, member, office } from "@clic/subgraph-testing";
import { describe, expect, it } from "@jest/globals";
import { newGlobalId } from "@clic/global-id";
import {
  capacityProblem,
  eventProblem,
  type EventStatus,
  eventTransitions,
  mayBecome,
  mayManage,
  mayReadCounts,
  mayReadWaiting,
  notReady,
} from "./event.rules.ts";

const now = new Date("2026-06-01T09:00:00Z");
const host = lead().organisationId as string;
const other = newGlobalId("Organisation");

describe("an event", () => {
  it("goes only where its state lets it, and nowhere once it is over", () => {
    expect(mayBecome("DRAFT", "PUBLISHED")).toBe(true);
    expect(mayBecome("DRAFT", "CANCELLED")).toBe(false);
    expect(mayBecome("CLOSED", "PUBLISHED")).toBe(true);
    for (const to of Object.keys(eventTransitions) as EventStatus[]) {
      expect(mayBecome("COMPLETED", to)).toBe(false);
      expect(mayBecome("CANCELLED", to)).toBe(false);
      expect(mayBecome(null, to)).toBe(true);
    }
  });

  it("is run by the office, and by a lead of its host", () => {
    expect(mayManage(office(), null)).toBe(true);
    expect(mayManage(lead(), host)).toBe(true);
    expect(mayManage(lead(), other)).toBe(false);
    expect(mayManage(lead(), null)).toBe(false);
    expect(mayManage(member(), host)).toBe(false);
    expect(mayManage(analyst(), host)).toBe(false);
  });

  it("shows counts of people to who runs or studies it, and its queue to who could join", () => {
    expect([anonymous, member(), lead(), office(), analyst()].map((viewer) => mayReadCounts(viewer, host))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(
      [anonymous, member(), lead("lead", "elsewhere"), analyst()].map((viewer) => mayReadWaiting(viewer, host)),
    ).toEqual([false, true, true, true]);
  });

  it.each([
    [{ title: " " }, "title"],
    [{ title: "t".repeat(201) }, "title"],
    [{ title: "t", endsAt: now }, "startsAt"],
    [{ title: "t", startsAt: now, endsAt: now }, "after its start"],
    [{ title: "t", workItemId: newGlobalId("Course") }, "work item"],
    [{ title: "t", workItemId: "nonsense" }, "work item"],
    [{ title: "t", capacity: 0 }, "capacity"],
  ])("says what is wrong with %j", (draft, word) => {
    expect(eventProblem(draft)).toContain(word);
  });

  it("needs nothing but a title as a draft, and a start to come when it is published", () => {
    expect(eventProblem({ title: "Session" })).toBeNull();
    expect(eventProblem({ title: "Session", workItemId: newGlobalId("Rpiw"), capacity: 1 })).toBeNull();
    expect(notReady({}, now)).toContain("start");
    expect(notReady({ startsAt: now }, now)).toContain("before");
    expect(notReady({ startsAt: new Date(now.getTime() + 1) }, now)).toBeNull();
  });

  it("has no limit, or a whole number of places", () => {
    expect([null, 1, 100_000].map(capacityProblem)).toEqual([null, null, null]);
    for (const wrong of [0, -1, 1.5, 100_001]) expect(capacityProblem(wrong)).toContain("capacity");
  });
});
