import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { RequirementProfileEntity } from "./requirement-profile.entity.ts";
import { requirementRefusals } from "./requirement.refusals.ts";

/** A requirement that nobody has retired, under a row lock, for the office; a refusal otherwise. */
export async function holdRequirement({ em, viewer }: UseCase, id: string) {
  if (!viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("Only the office changes what is required.");
  const requirement = isGlobalId(id, "RequirementProfile")
    ? await em.findOne(RequirementProfileEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    : null;
  if (requirement === null) return commonRefusals.NOT_FOUND(`There is no requirement ${id}.`);
  if (requirement.retiredFrom != null)
    return requirementRefusals.REQUIREMENT_RETIRED(`It is not required from ${requirement.retiredFrom} on.`);
  return requirement;
}
