import { defineRefusals } from "@clic/subgraph-kit";

export const teachingRefusals = defineRefusals({
  TEACHING_RECORDED_ALREADY: {
    type: "TeachingRecordedAlready",
    meaning: "This introductory workshop, event or project is recorded for the membership already. It counts once.",
  },
});
