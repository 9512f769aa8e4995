import { isGlobalId, newGlobalId } from "@clic/global-id";
import { commonRefusals, isRefusal, type UseCase } from "@clic/subgraph-kit";
import { lockDraft } from "./lock-edition.ts";
import { WorkbookChapterEntity, WorkbookExampleEntity, WorkbookExampleWorkstreamEntity } from "./workbook.entity.ts";
import { titleProblem } from "./workbook.rules.ts";

export interface AddExampleInput {
  readonly editionId: string;
  readonly chapter: number;
  readonly title: string;
  readonly organisationId: string;
  readonly workstreamIds?: readonly string[] | null;
}

/** Adds an example, which its organisation has yet to consent to, to a draft; resolves to its id or a refusal. */
export async function addExample(useCase: UseCase, input: AddExampleInput) {
  const { em, now } = useCase;
  const edition = await lockDraft(useCase, input.editionId);
  if (isRefusal(edition)) return edition;
  const problem = titleProblem(input.title);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  if (!isGlobalId(input.organisationId, "Organisation"))
    return commonRefusals.INVALID_INPUT("organisationId is not the id of an organisation (org_…).");
  const workstreamIds = [...new Set(input.workstreamIds ?? [])];
  if (!workstreamIds.every((one) => isGlobalId(one, "Workstream")))
    return commonRefusals.INVALID_INPUT("workstreamIds are ids of workstreams (wst_…).");
  const chapter = await em.findOne(WorkbookChapterEntity, { editionId: edition.id, number: input.chapter });
  if (chapter === null) return commonRefusals.INVALID_INPUT(`The edition has no chapter ${input.chapter}.`);
  const id = newGlobalId("WorkbookExample", now);
  await em.insert(WorkbookExampleEntity, {
    id,
    editionId: edition.id,
    chapterId: chapter.id,
    title: input.title.trim(),
    organisationId: input.organisationId,
    source: "USER",
  });
  for (const workstreamId of workstreamIds)
    await em.insert(WorkbookExampleWorkstreamEntity, { workstreamId, exampleId: id });
  return { id };
}
