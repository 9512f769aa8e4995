import { demonstrationPeople, seedId } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { addMonths } from "./certificate-expiry.rules.ts";
import { CompletionEntity } from "./completion.entity.ts";
import { addDays } from "./completion.rules.ts";

const firstDay = "2025-01-06";
/** For how many months the certificate of each course is valid, by its place; null: for good. The last is a draft. */
const validity: readonly (number | null)[] = [12, 36, null, 24, 12, null, null];

/** Everybody has completed three courses, and the first of them twice. */
const rows = demonstrationPeople.flatMap(({ key, memberships }, place) =>
  [0, 1, 2, 0].map((step, turn) => {
    const course = (place + step) % validity.length;
    const completedOn = addDays(firstDay, place * 3 + step * 40 + turn * 90);
    const validMonths = validity[course] ?? null;
    return {
      id: seedId("Completion", `${key} ${turn + 1}`),
      personId: seedId("Person", key),
      courseId: seedId("Course", `demo-course-${course + 1}`),
      courseVersion: 1,
      organisationId: seedId("Organisation", memberships[0]?.organisation as string),
      completedOn,
      expiresOn: validMonths === null ? null : addMonths(completedOn, validMonths),
      validMonths,
      revokedOn: key === "demo-person-1" && turn === 0 ? addDays(completedOn, 30) : null,
      revocationReason: key === "demo-person-1" && turn === 0 ? "Demonstration: entered for somebody else." : null,
      source: "DEMO",
    };
  }),
);

/** Loads what made-up people completed. Idempotent; the same every time. */
export async function loadDemonstrationCompletions({ em }: UseCase): Promise<void> {
  await loadRows(em, CompletionEntity, rows);
}
