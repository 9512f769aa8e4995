import { describe, expect, it } from "@jest/globals";
import { checkpointDay } from "./checkpoint.rules.ts";
import { readingDayProblem } from "./reading.rules.ts";

const rpiw = { workshopStartsOn: "2026-06-08", reportedOutOn: "2026-06-12", today: "2026-12-01" };

describe("the day of a reading", () => {
  it("is any day that has come, when it is of no checkpoint", () => {
    expect(readingDayProblem({ ...rpiw, takenOn: "2026-01-01", checkpoint: null })).toBeNull();
    expect(readingDayProblem({ ...rpiw, takenOn: "2026-12-01", checkpoint: null })).toBeNull();
    expect(readingDayProblem({ ...rpiw, takenOn: "2026-12-02", checkpoint: null })).toContain("future");
  });

  it("is not before the workshop, for the report-out", () => {
    expect(readingDayProblem({ ...rpiw, takenOn: "2026-06-08", checkpoint: "REPORT_OUT" })).toBeNull();
    expect(readingDayProblem({ ...rpiw, takenOn: "2026-06-07", checkpoint: "REPORT_OUT" })).toContain("before");
    expect(
      readingDayProblem({ ...rpiw, workshopStartsOn: null, takenOn: "2026-06-08", checkpoint: "REPORT_OUT" }),
    ).toContain("begun");
  });

  it("is the checkpoint's own day or later, counted from the report-out", () => {
    expect(checkpointDay("2026-06-12", "DAY_90")).toBe("2026-09-10");
    expect(readingDayProblem({ ...rpiw, takenOn: "2026-09-10", checkpoint: "DAY_90" })).toBeNull();
    expect(readingDayProblem({ ...rpiw, takenOn: "2026-09-09", checkpoint: "DAY_90" })).toContain("2026-09-10");
    expect(readingDayProblem({ ...rpiw, reportedOutOn: null, takenOn: "2026-09-10", checkpoint: "DAY_90" })).toContain(
      "report-out",
    );
  });
});
