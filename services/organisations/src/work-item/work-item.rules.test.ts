import { founding } from "@clic/seed-data";
import { describe, expect, it } from "@jest/globals";
import { foundingWorkItemId, foundingWorkItems } from "./founding-work-items.ts";
import {
  isNews,
  nextWorkItemStatuses,
  problemWithReason,
  problemWithWorkItem,
  statusForPhase,
} from "./work-item.rules.ts";

describe("a work item's status", () => {
  it("goes by its table", () => {
    expect(nextWorkItemStatuses("PROPOSED")).toEqual(["SCOPING", "ACTIVE", "DECLINED"]);
    expect(nextWorkItemStatuses("ACTIVE")).toEqual(["PAUSED", "COMPLETED"]);
    expect(nextWorkItemStatuses("COMPLETED")).toEqual([]);
    expect(nextWorkItemStatuses(null)).toHaveLength(6);
  });

  it("follows each phase of an RPIW, and no phase that isn't one", () => {
    const phases = [
      "PROPOSED",
      "CHARTERED",
      "BASELINING",
      "WORKSHOP",
      "REPORTED_OUT",
      "FOLLOW_UP",
      "CLOSED",
      "ABANDONED",
    ];
    expect(phases.map(statusForPhase)).toEqual([
      "PROPOSED",
      "SCOPING",
      "ACTIVE",
      "ACTIVE",
      "ACTIVE",
      "ACTIVE",
      "COMPLETED",
      "DECLINED",
    ]);
    for (const phase of ["", "constructor", "proposed"]) expect(statusForPhase(phase)).toBeNull();
  });

  it("is moved only by what is later than all that is known", () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day));
    expect(isNews({}, at(1))).toBe(true);
    expect(isNews({ statusSince: at(2) }, at(2))).toBe(false);
    expect(isNews({ statusSince: at(2) }, at(3))).toBe(true);
    expect(isNews({ statusSince: at(2), deliveryAt: at(4) }, at(3))).toBe(false);
  });
});

describe("a work item", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index));

  it("needs a title, 1 to 10 priorities, and 10 workstreams at most", () => {
    expect(problemWithWorkItem({ title: "A", priorityIds: ids(10), workstreamIds: ids(10) })).toBeNull();
    expect(problemWithWorkItem({ title: " ", priorityIds: ids(1), workstreamIds: [] })).toContain("title");
    expect(problemWithWorkItem({ title: "A", priorityIds: ids(0), workstreamIds: [] })).toContain("priorities");
    expect(problemWithWorkItem({ title: "A", priorityIds: ids(11), workstreamIds: [] })).toContain("priorities");
    expect(problemWithWorkItem({ title: "A", priorityIds: ids(1), workstreamIds: ids(11) })).toContain("workstreams");
  });

  it("is declined for a reason, and moved for one or none", () => {
    expect(problemWithReason(undefined, false)).toBeNull();
    expect(problemWithReason(null, true)).toContain("needed");
    expect(problemWithReason(" ", false)).not.toBeNull();
    expect(problemWithReason("x".repeat(2001), false)).not.toBeNull();
  });

  it("has one type for each that the founding report names", () => {
    expect(Object.keys(foundingWorkItems)).toEqual(founding.workItems.map(({ key }) => key));
    expect(() => foundingWorkItemId("founding-work-item-99")).toThrow("no type");
  });
});
