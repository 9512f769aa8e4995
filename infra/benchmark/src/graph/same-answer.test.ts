import { describe, expect, it } from "@jest/globals";
import { firstDifference, plain } from "./same-answer.ts";

const uuid = "016f5e66-e800-738c-acf4-f35cc8812da8";

describe("an answer compared with a peer's", () => {
  it("is the same but for spelling", () => {
    const graph = {
      event: {
        __typename: "Event",
        id: `evt_${uuid}`,
        startsAt: "2027-02-11T09:30:00Z",
        calendarUrl: "http://127.0.0.1:4005/calendar/1.ics",
        cpdMinutes: 30,
        host: null,
        priorities: [{ title: "b" }, { title: "a" }],
        bookings: { nodes: [{ event: { id: `evt_${uuid}` } }] },
      },
    };
    const peer = {
      event: {
        type: "Event",
        id: uuid,
        startsAt: "2027-02-11T09:30:00+00:00",
        calendarUrl: "/calendar/1.ics",
        credit: { cpdMinutes: 30 },
        priorities: { nodes: [{ priorityByPriorityId: { title: "a" } }, { priorityByPriorityId: { title: "b" } }] },
        bookings: { nodes: [{ event: { id: uuid } }] },
      },
    };
    expect(firstDifference(plain(graph), plain(peer))).toBeNull();
  });

  it.each([
    ["a value", { a: 1 }, { a: 2 }, "data.a: 1 is not 2"],
    ["a value that is missing", { a: 1 }, {}, "data.a: 1 is not nothing"],
    ["a list's order", { a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 2 }, { b: 1 }] }, "data.a.0.b: 1 is not 2"],
    ["a list's length", { a: [1] }, { a: [1, 2] }, "data.a.1: nothing is not 2"],
  ])("differs by %s", (_, one, other, difference) => {
    expect(firstDifference(plain(one), plain(other))).toBe(difference);
  });
});
