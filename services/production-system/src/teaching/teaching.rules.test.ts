import { newGlobalId } from "@clic/global-id";
import { describe, expect, it } from "@jest/globals";
import { teachingProblem } from "./teaching.rules.ts";

const today = "2026-11-25";
const draft = { kind: "SESSION", on: today, eventId: null, rpiwId: null } as const;

describe("a teaching record", () => {
  it("is of a day that has come, at an event where it is a session, of an RPIW where it is a review", () => {
    expect(teachingProblem(draft, today)).toBeNull();
    expect(teachingProblem({ ...draft, eventId: newGlobalId("Event") }, today)).toBeNull();
    expect(teachingProblem({ ...draft, kind: "PROJECT_REVIEW", rpiwId: newGlobalId("Rpiw") }, today)).toBeNull();
  });

  it.each([
    [{ on: "2026-11-26" }, "future"],
    [{ eventId: "nonsense" }, "evt_"],
    [{ kind: "PROJECT_REVIEW" as const, rpiwId: "nonsense" }, "rpw_"],
    [{ kind: "PROJECT_REVIEW" as const, eventId: newGlobalId("Event") }, "at an event"],
    [{ rpiwId: newGlobalId("Rpiw") }, "review"],
  ])("is refused as %j", (wrong, word) => {
    expect(teachingProblem({ ...draft, ...wrong }, today)).toContain(word);
  });
});
