import { isGlobalId, newUuid } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { LockMode, UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { reassessMet } from "../standard-adoption/reassess-met.ts";
import { StandardEntity, StandardVersionEntity } from "./standard.entity.ts";
import { standardRefusals } from "./standard.refusals.ts";
import { titleProblem, versionProblem } from "./standard.rules.ts";

export interface ReviseStandardInput {
  readonly standardId: string;
  readonly version: string;
  readonly title?: string | null;
}

/**
 * Puts a new version of a standard in force, and with it asks everybody who met the old one to assess again: both or
 * neither. Holds the standard's row, as every assessment does, so that none by the old version comes after it.
 */
export async function reviseStandard({ em, viewer, now }: UseCase, input: ReviseStandardInput) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office revises standards.");
  const problem = versionProblem(input.version) ?? (input.title == null ? null : titleProblem(input.title));
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const standard = isGlobalId(input.standardId, "Standard")
    ? await em.findOne(StandardEntity, { id: input.standardId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    : null;
  if (standard === null) return commonRefusals.NOT_FOUND(`There is no standard ${input.standardId}.`);
  const version = input.version.trim();
  const standardId = standard.id;
  try {
    await em.insert(StandardVersionEntity, { id: newUuid(), standardId, version, recordedAt: now, source: "USER" });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      rollback(
        standardRefusals.STANDARD_VERSION_TAKEN(`${standard.reference} has, or had, a version ${version} already.`),
      );
    throw error;
  }
  standard.version = version;
  standard.title = input.title?.trim() ?? standard.title;
  await reassessMet(em, standardId);
  return { id: standardId };
}
