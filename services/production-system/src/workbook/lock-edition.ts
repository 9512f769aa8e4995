import { isGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { WorkbookEditionEntity } from "./workbook.entity.ts";
import { workbookRefusals } from "./workbook.refusals.ts";

/** A draft under a row lock, for the office; a refusal otherwise. */
export async function lockDraft({ em, viewer }: UseCase, id: string) {
  if (!viewer.scopes.has("operations:write"))
    return commonRefusals.NOT_ALLOWED("Only the office prepares and publishes editions.");
  const edition = isGlobalId(id, "WorkbookEdition")
    ? await em.findOne(WorkbookEditionEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    : null;
  if (edition === null) return commonRefusals.NOT_FOUND(`There is no edition ${id}.`);
  if (edition.status !== "DRAFT")
    return workbookRefusals.WORKBOOK_EDITION_CLOSED(`The edition is ${edition.status}, and stays as it was.`);
  return edition;
}
