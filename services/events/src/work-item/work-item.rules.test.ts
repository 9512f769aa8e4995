import { newGlobalId } from "@clic/global-id";
import { describe, expect, it } from "@jest/globals";
import { workItemReference } from "./work-item.rules.ts";

describe("the id of a work item", () => {
  it("tells which of the four types it is", () => {
    for (const type of ["LearningInitiative", "Rpiw", "ImprovementProject", "LeadershipInitiative"] as const) {
      const id = newGlobalId(type);
      expect(workItemReference(id)).toEqual({ __typename: type, id });
    }
  });

  it("is no other id, and no other text", () => {
    for (const id of [newGlobalId("Course"), "rpw_1", "rpw", ""]) expect(workItemReference(id)).toBeNull();
  });
});
