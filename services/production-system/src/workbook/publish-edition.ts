import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { LockMode } from "@mikro-orm/postgresql";
import { lockDraft } from "./lock-edition.ts";
import { WorkbookEditionEntity, WorkbookExampleEntity } from "./workbook.entity.ts";
import { workbookRefusals } from "./workbook.refusals.ts";
import { withoutConsent } from "./workbook.rules.ts";

/**
 * Publishes a draft to whose examples all organisations have consented, and supersedes the edition in force; resolves
 * to its id or a refusal. The database keeps one published, and each as it was published.
 */
export async function publishEdition(useCase: UseCase, input: { readonly editionId: string }) {
  const { em, viewer, now } = useCase;
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office publishes editions.");
  // One publication at a time, so that the edition that each supersedes is the one in force.
  await em.execute("select pg_advisory_xact_lock(hashtext('production_system.publish_edition'))");
  const edition = await lockDraft(useCase, input.editionId);
  if (isRefusal(edition)) return edition;
  const missing = withoutConsent(await em.find(WorkbookExampleEntity, { editionId: edition.id }));
  if (missing.length > 0)
    return workbookRefusals.WORKBOOK_CONSENT_MISSING(`Consent is missing for: ${missing.join("; ")}.`);
  const inForce = await em.findOne(
    WorkbookEditionEntity,
    { status: "PUBLISHED" },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (inForce !== null) inForce.status = "SUPERSEDED";
  await em.flush();
  edition.status = "PUBLISHED";
  edition.publishedAt = now;
  return { id: edition.id };
}
