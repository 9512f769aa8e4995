import { defineRefusals } from "@clic/subgraph-kit";

export const facultyRefusals = defineRefusals({
  IN_FACULTY_ALREADY: {
    type: "InFacultyAlready",
    meaning: "The person has a membership of the faculty that they have not left. There is one a person.",
  },
  FACULTY_STATUS_REFUSED: {
    type: "FacultyStatusRefused",
    meaning: "The membership's state does not allow this. The README has the table of states.",
  },
  FACULTY_EVIDENCE_MISSING: {
    type: "FacultyEvidenceMissing",
    meaning: "Accreditation or renewal lacks evidence. The message says which; record it as teaching.",
  },
  FACULTY_RENEWAL_EARLY: {
    type: "FacultyRenewalEarly",
    meaning: "An accreditation is renewed in the 60 days before it ends, or after. The refusal says from when.",
  },
});
