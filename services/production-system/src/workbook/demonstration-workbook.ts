import { decodeGlobalId } from "@clic/global-id";
import { seedId, workstreams } from "@clic/seed-data";
import { loadRows, type UseCase } from "@clic/subgraph-kit";
import {
  WorkbookChapterEntity,
  WorkbookEditionEntity,
  WorkbookExampleEntity,
  WorkbookExampleWorkstreamEntity,
} from "./workbook.entity.ts";

const source = "DEMO";
const chapters = ["Seeing waste", "Measuring", "Trying changes"];
const published = "demo-edition-1";
const editions = [published, "demo-edition-2"];
const publishedAt = new Date("2026-05-04T09:00:00Z");

/** Whose example, who consented to it (nobody yet for the draft's), and which workstreams it is about. */
const examples: readonly (readonly [
  edition: string,
  title: string,
  organisation: string,
  consent: string | null,
  ...workstreams: readonly number[],
])[] = [
  [published, "a frailty round that starts on time", "demo-practice-1", "lead", 1, 0],
  [published, "one list of medicines", "demo-trust-1", "demo-person-1", 1],
  [published, "a pain clinic without a queue", "demo-trust-2", "demo-person-2", 2],
  [published, "a call back within the hour", "demo-practice-1", "lead", 3],
  ["demo-edition-2", "visits planned by place", "demo-practice-1", null, 0],
];
const exampleId = (index: number): string => seedId("WorkbookExample", `demo-example-${index + 1}`);

/** Loads a made-up edition that is published, a draft, and their examples. Idempotent; the same every time. */
export async function loadDemonstrationWorkbook({ em }: UseCase): Promise<void> {
  await loadRows(
    em,
    WorkbookEditionEntity,
    editions.map((key, index) => ({
      id: seedId("WorkbookEdition", key),
      title: `Demonstration workbook, edition ${index + 1}`,
      status: "DRAFT",
      source,
    })),
  );
  await loadRows(
    em,
    WorkbookChapterEntity,
    editions.flatMap((key) =>
      chapters.map((title, index) => ({
        id: seedId("WorkbookChapter", `${key} ${index + 1}`),
        editionId: seedId("WorkbookEdition", key),
        number: index + 1,
        title,
        source,
      })),
    ),
  );
  await loadRows(
    em,
    WorkbookExampleEntity,
    examples.map(([edition, title, organisation, consent], index) => ({
      id: exampleId(index),
      editionId: seedId("WorkbookEdition", edition),
      chapterId: seedId("WorkbookChapter", `${edition} ${(index % chapters.length) + 1}`),
      title: `Demonstration: ${title}`,
      organisationId: seedId("Organisation", organisation),
      consentedAt: consent === null ? null : publishedAt,
      consentedById: consent === null ? null : seedId("Person", consent),
      source,
    })),
  );
  await loadRows(
    em,
    WorkbookExampleWorkstreamEntity,
    examples.flatMap(([, , , , ...about], index) =>
      about.map((place) => ({
        workstreamId: seedId("Workstream", workstreams[place]?.code as string),
        exampleId: exampleId(index),
        source,
      })),
    ),
  );
  // Last, since what is published takes nothing more; never in the place of an edition that somebody has published.
  await em.execute(
    `update production_system.workbook_edition set status = 'PUBLISHED', published_at = ?
      where id = ? and status = 'DRAFT'
        and not exists (select from production_system.workbook_edition e where e.status = 'PUBLISHED')`,
    [publishedAt, decodeGlobalId(seedId("WorkbookEdition", published), "WorkbookEdition").uuid],
  );
}
