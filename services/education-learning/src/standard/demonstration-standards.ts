import { deterministicUuid } from "@clic/global-id";
import { demonstrationOrganisations, seedId, workstreams } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import { StandardAdoptionEntity } from "../standard-adoption/standard-adoption.entity.ts";
import type { AdoptionStatus } from "../standard-adoption/standard-adoption.rules.ts";
import { StandardEntity, StandardVersionEntity, StandardWorkstreamEntity } from "./standard.entity.ts";

const source = "DEMO";
const titles = ["assessing frailty", "reviewing pain", "urgent care plans", "care near home", "preventing falls"];
const statuses: readonly AdoptionStatus[] = ["MET", "PARTIAL", "RELEVANT", "NOT_RELEVANT", "REASSESS", "NOT_ASSESSED"];

const standards = titles.map((title, index) => ({
  id: seedId("Standard", `demo-standard-${index + 1}`),
  // No publisher has references like these.
  reference: `DEMO-${index + 1}`,
  version: "2026",
  title: `Demonstration: ${title}`,
  publisher: "NICE",
  source,
}));

const versions = standards.flatMap(({ id, reference }) =>
  ["2024", "2026"].map((version) => ({
    id: deterministicUuid("Standard", `${reference} ${version}`),
    standardId: id,
    version,
    recordedAt: new Date(`${version}-01-05T09:00:00Z`),
    source,
  })),
);

const adoptions = standards.flatMap(({ id, reference }, place) =>
  demonstrationOrganisations.slice(place, place + 12).map((organisation, index) => {
    const status = statuses[index % statuses.length] as AdoptionStatus;
    return {
      id: seedId("StandardAdoption", `${reference} ${organisation.key}`),
      standardId: id,
      organisationId: seedId("Organisation", organisation.key),
      status,
      assessedVersion: status === "NOT_ASSESSED" ? null : status === "REASSESS" ? "2024" : "2026",
      assessedOn: status === "NOT_ASSESSED" ? null : `${status === "REASSESS" ? 2025 : 2026}-0${(index % 9) + 1}-15`,
      reason: status === "NOT_RELEVANT" ? "Demonstration: it has no such patients." : null,
      gap: status === "PARTIAL" ? "Demonstration: not yet at weekends." : null,
      actions: status === "PARTIAL" ? "Demonstration: train more staff." : null,
      source,
    };
  }),
);

/** Loads made-up standards, their versions, and where made-up organisations stand. Idempotent; the same every time. */
export async function loadDemonstrationStandards({ em }: UseCase): Promise<void> {
  await loadRows(em, StandardEntity, standards);
  await loadRows(em, StandardVersionEntity, versions);
  await loadRows(
    em,
    StandardWorkstreamEntity,
    standards.map(({ id }, index) => ({
      workstreamId: seedId("Workstream", workstreams[(index + 1) % workstreams.length]?.code as string),
      standardId: id,
      source,
    })),
  );
  await loadRows(em, StandardAdoptionEntity, adoptions);
}
