import type { UseCase } from "@clic/subgraph-kit";
import { RequirementProfileEntity } from "./requirement-profile.entity.ts";
import type { OrganisationKind } from "./requirement.rules.ts";

interface NewRequirement {
  readonly id: string;
  readonly role: string | null;
  readonly organisationKind: OrganisationKind | null;
  readonly courseId: string;
  readonly everyMonths: number | null;
  readonly startsOn: string;
}

/**
 * Inserts a requirement; false when the database knows one of the same people and course on some of the same days. The
 * transaction is then over: end it with a rollback.
 */
export async function addRequirement(em: UseCase["em"], requirement: NewRequirement): Promise<boolean> {
  try {
    await em.insert(RequirementProfileEntity, { ...requirement, source: "USER" });
    return true;
  } catch (error) {
    if ((error as { constraint?: unknown }).constraint === "requirement_periods_apart") return false;
    throw error;
  }
}
