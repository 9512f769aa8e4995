import { isGlobalId } from "@clic/global-id";
import { commonRefusals, rollback, type UseCase } from "@clic/subgraph-kit";
import { CheckConstraintViolationException, LockMode } from "@mikro-orm/postgresql";
import { WorkbookExampleEntity } from "./workbook.entity.ts";
import { workbookRefusals } from "./workbook.refusals.ts";
import { mayConsent } from "./workbook.rules.ts";

/**
 * Consents to an example for the viewer's own organisation; once given it stays, by whom it was given first. Resolves
 * to its id or a refusal.
 */
export async function giveConsent({ em, viewer, now }: UseCase, input: { readonly exampleId: string }) {
  const notFound = commonRefusals.NOT_FOUND(`There is no example ${input.exampleId}.`);
  if (!isGlobalId(input.exampleId, "WorkbookExample")) return notFound;
  const seen = await em.findOne(WorkbookExampleEntity, { id: input.exampleId });
  if (seen === null) return notFound;
  if (!mayConsent(viewer, seen.organisationId))
    return commonRefusals.NOT_ALLOWED("A lead of the example's organisation consents, and nobody else.");
  const example = await em.refreshOrFail(seen, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (example.consentedAt != null) return { id: example.id };
  example.consentedAt = now;
  example.consentedById = viewer.personId;
  try {
    await em.flush();
  } catch (error) {
    // The trigger's word: the lead may not see a draft edition, so the service doesn't ask for its status.
    if (error instanceof CheckConstraintViolationException)
      rollback(workbookRefusals.WORKBOOK_EDITION_CLOSED("The edition was published, and stays as it was."));
    throw error;
  }
  return { id: example.id };
}
