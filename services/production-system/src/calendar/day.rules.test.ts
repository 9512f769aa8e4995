import { describe, expect, it } from "@jest/globals";
import { addDays, dayAt, dayOf } from "./day.rules.ts";

describe("days", () => {
  it("are Cumbria's: late on a summer evening in UTC it is tomorrow there", () => {
    expect(dayAt(new Date("2026-06-30T23:30:00Z"))).toBe("2026-07-01");
    expect(dayAt(new Date("2026-12-30T23:30:00Z"))).toBe("2026-12-30");
  });

  it("are added by the calendar, over months, leap days and changes of the clock", () => {
    expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
    expect(addDays("2026-11-30", 90)).toBe("2027-02-28");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(dayOf(new Date("2026-11-30T00:00:00Z"))).toBe("2026-11-30");
  });
});
