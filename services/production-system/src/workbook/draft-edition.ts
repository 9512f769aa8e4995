import { newGlobalId } from "@clic/global-id";
import { commonRefusals, type UseCase } from "@clic/subgraph-kit";
import { WorkbookChapterEntity, WorkbookEditionEntity } from "./workbook.entity.ts";
import { chaptersProblem, titleProblem } from "./workbook.rules.ts";

/** Drafts an edition with its chapters, numbered as they come; resolves to its id or a refusal. */
export async function draftEdition(
  { em, viewer, now }: UseCase,
  input: { readonly title: string; readonly chapters: readonly string[] },
) {
  if (!viewer.scopes.has("operations:write")) return commonRefusals.NOT_ALLOWED("Only the office drafts editions.");
  const problem = titleProblem(input.title) ?? chaptersProblem(input.chapters);
  if (problem !== null) return commonRefusals.INVALID_INPUT(problem);
  const id = newGlobalId("WorkbookEdition", now);
  await em.insert(WorkbookEditionEntity, { id, title: input.title.trim(), status: "DRAFT", source: "USER" });
  await em.insertMany(
    WorkbookChapterEntity,
    input.chapters.map((title, index) => ({
      id: newGlobalId("WorkbookChapter", now),
      editionId: id,
      number: index + 1,
      title: title.trim(),
    })),
  );
  return { id };
}
