import { defineRefusals } from "@clic/subgraph-kit";

export const completionRefusals = defineRefusals({
  COMPLETION_RECORDED_ALREADY: {
    type: "CompletionRecordedAlready",
    meaning: "The person completed this course on this day already, by what is recorded. Nothing was added.",
  },
  COMPLETION_REVOKED_ALREADY: {
    type: "CompletionRevokedAlready",
    meaning: "The certificate was revoked before. The first reason stays.",
  },
});
