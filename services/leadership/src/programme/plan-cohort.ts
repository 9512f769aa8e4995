import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { CohortEntity, ProgrammeEntity } from "./programme.entity.ts";

export interface PlanCohortInput {
  readonly programmeId: string;
  readonly name: string;
  readonly places: number;
  readonly startsOn?: Date | string | null;
}

/** Plans a run of a programme; resolves to its id or a refusal. */
export async function planCohort({ em, viewer, now }: UseCase, input: PlanCohortInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office plans cohorts.");
  const name = input.name.trim();
  if (name === "" || name.length > 200) return commonRefusals.INVALID_INPUT("A name has 1 to 200 characters.");
  if (input.places < 1 || input.places > 500) return commonRefusals.INVALID_INPUT("A cohort has 1 to 500 places.");
  const programme = isGlobalId(input.programmeId, "Programme")
    ? await em.findOne(ProgrammeEntity, { id: input.programmeId })
    : null;
  if (programme === null) return commonRefusals.NOT_FOUND(`There is no programme ${input.programmeId}.`);
  const id = newGlobalId("Cohort", now);
  const startsOn =
    input.startsOn instanceof Date ? input.startsOn.toISOString().slice(0, 10) : (input.startsOn ?? null);
  await em.insert(CohortEntity, {
    id,
    programmeId: programme.id,
    name,
    places: input.places,
    taken: 0,
    startsOn,
    source: "USER",
  });
  return { id };
}
