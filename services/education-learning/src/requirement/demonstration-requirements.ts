import { seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { RequirementProfileEntity } from "./requirement-profile.entity.ts";
import type { OrganisationKind } from "./requirement.rules.ts";

/** Four courses of everybody, one of practices, one of leads: by the course's number, and how often in months. */
const requirements: readonly (readonly [number, number | null, OrganisationKind | null, string | null])[] = [
  [1, 12, null, null],
  [2, 36, null, null],
  [4, 24, null, null],
  [5, null, null, null],
  [3, 24, "PRACTICE", null],
  [6, null, null, "LEAD"],
];

/** Loads what is required of made-up people. Idempotent; the same every time. */
export async function loadDemonstrationRequirements({ em }: UseCase): Promise<void> {
  await loadRows(
    em,
    RequirementProfileEntity,
    requirements.map(([course, everyMonths, organisationKind, role], index) => ({
      id: seedId("RequirementProfile", `demo-requirement-${index + 1}`),
      courseId: seedId("Course", `demo-course-${course}`),
      role,
      organisationKind,
      everyMonths,
      startsOn: "2025-01-01",
      source: "DEMO",
    })),
  );
}
