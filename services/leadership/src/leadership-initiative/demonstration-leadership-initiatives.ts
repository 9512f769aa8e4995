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

/** The made-up leadership initiatives, all taken up. */
export const demonstrationLeadershipInitiatives: readonly object[] = demonstrationWorkItems
  .filter(({ type }) => type === "LeadershipInitiative")
  .map(({ key, title, leadOrganisation, status }) => ({
    id: seedId("LeadershipInitiative", key),
    title,
    leadOrganisationId: seedId("Organisation", leadOrganisation),
    status,
    takenUpAt: new Date("2026-01-12T09:00:00Z"),
    source,
  }));

/** Those of a data set of this size, taken up when they were proposed. */
export function* leadershipInitiativesAtScale(scale: Scale): Generator<object> {
  for (const number of workItemNumbers(scale, "LeadershipInitiative")) {
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
