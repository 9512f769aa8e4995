import { decodeGlobalId, isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { StandardAdoptionEntity } from "./standard-adoption.entity.ts";
import { standardAdoptionRefusals } from "./standard-adoption.refusals.ts";
import { type Assessment, assessmentProblem, mayAssess } from "./standard-adoption.rules.ts";

export interface AssessAdoptionInput extends Assessment {
  readonly standardId: string;
  readonly organisationId?: string | null;
  readonly version: string;
}

/**
 * Records where an organisation (the acting one unless given) stands with a standard; resolves to the adoption's id or
 * a refusal. Holds the standard's row, so that no version comes into force meanwhile, and one assessment follows
 * another.
 */
export async function assessAdoption({ em, viewer, now }: UseCase, input: AssessAdoptionInput) {
  const organisationId = input.organisationId ?? viewer.organisationId;
  if (organisationId !== null && !isGlobalId(organisationId, "Organisation"))
    return commonRefusals.INVALID_INPUT("organisationId is not the id of an organisation (org_…).");
  if (organisationId === null || !mayAssess(viewer, organisationId))
    return commonRefusals.NOT_ALLOWED("The office, or a lead of the organisation, assesses.");
  const problem = assessmentProblem(input);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const version = isGlobalId(input.standardId, "Standard") ? await holdStandard(em, input.standardId) : null;
  if (version === null) return commonRefusals.NOT_FOUND(`There is no standard ${input.standardId}.`);
  if (version !== input.version)
    return standardAdoptionRefusals.STANDARD_REVISED(`The version in force is ${version}, not ${input.version}.`);
  const assessment = {
    status: input.status,
    assessedVersion: version,
    assessedOn: now.toISOString().slice(0, 10),
    reason: input.reason?.trim() ?? null,
    gap: input.gap?.trim() ?? null,
    actions: input.actions?.trim() ?? null,
    source: "USER" as const,
  };
  const { standardId } = input;
  const known = await em.findOne(StandardAdoptionEntity, { standardId, organisationId });
  if (known !== null) {
    em.assign(known, assessment);
    return { id: known.id };
  }
  const id = newGlobalId("StandardAdoption", now);
  await em.insert(StandardAdoptionEntity, { id, standardId, organisationId, ...assessment });
  return { id };
}

async function holdStandard(em: UseCase["em"], id: string): Promise<string | null> {
  const [held] = await em.execute<{ version: string | null }[]>(
    "select education_learning.hold_standard(?) as version",
    [decodeGlobalId(id, "Standard").uuid],
  );
  return held?.version ?? null;
}
