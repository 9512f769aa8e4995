import {
  demonstrationWorkItems,
  organisationIdAtScale,
  type Scale,
  seedId,
  timeFromReference,
  workItemAtScale,
  workItemNumbers,
} from "@clic/seed-data";

const source = "DEMO";

/** The made-up learning initiatives, all taken up. */
export const demonstrationLearningInitiatives: readonly object[] = demonstrationWorkItems
  .filter(({ type }) => type === "LearningInitiative")
  .map(({ key, title, leadOrganisation, status }) => ({
    id: seedId("LearningInitiative", key),
    title,
    leadOrganisationId: seedId("Organisation", leadOrganisation),
    status,
    takenUpAt: new Date("2026-01-12T09:00:00Z"),
    source,
  }));

/** Those of a data set of this size, taken up when they were proposed. */
export function* learningInitiativesAtScale(scale: Scale): Generator<object> {
  for (const number of workItemNumbers(scale, "LearningInitiative")) {
    const { id, title, leadOrganisation, status, proposedDaysAgo } = workItemAtScale(scale, number);
    yield {
      id,
      title,
      leadOrganisationId: organisationIdAtScale(leadOrganisation),
      status,
      takenUpAt: timeFromReference(-proposedDaysAgo, 9),
      source,
    };
  }
}
