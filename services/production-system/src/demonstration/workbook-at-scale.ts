import { numberedGlobalId } from "@clic/global-id";
import {
  draw,
  organisationIdAtScale,
  personIdAtScale,
  type Scale,
  timeFromReference,
  workstreamsAtScale,
} from "@clic/seed-data";

const source = "DEMO";
const titles = ["Seeing waste", "Measuring", "Flow", "Pull", "Standard work", "Trying changes", "Visual control"];
const edition = numberedGlobalId("WorkbookEdition", 0);
const published = timeFromReference(-200, 9);

/** The one edition at scale; it begins as a draft, as every edition does. */
export const editions: readonly object[] = [
  { id: edition, title: "Demonstration workbook, edition 1001", status: "DRAFT", source },
];

export function* chapters(): Generator<object> {
  for (const [index, title] of titles.entries())
    yield { id: numberedGlobalId("WorkbookChapter", index), editionId: edition, number: index + 1, title, source };
}

/** Each consented to by who leads its organisation: person n leads organisation n. */
export function* examples({ workbookExamples, organisations }: Scale): Generator<object> {
  for (let number = 0; number < workbookExamples; number++) {
    const organisation = draw(90, number, organisations);
    yield {
      id: numberedGlobalId("WorkbookExample", number),
      editionId: edition,
      chapterId: numberedGlobalId("WorkbookChapter", draw(91, number, titles.length)),
      title: `Demonstration example ${1001 + number}`,
      organisationId: organisationIdAtScale(organisation),
      consentedAt: published,
      consentedById: personIdAtScale(organisation),
      source,
    };
  }
}

export function* exampleWorkstreams({ workbookExamples }: Scale): Generator<object> {
  for (let number = 0; number < workbookExamples; number++)
    for (const workstreamId of workstreamsAtScale(number))
      yield { workstreamId, exampleId: numberedGlobalId("WorkbookExample", number), source };
}

/** Publishes the edition in the place of the small demonstration's; never in the place of one that somebody has published. */
export function publishEdition(first: string, last: string): string[] {
  const table = "production_system.workbook_edition";
  return [
    `update ${table} set status = 'SUPERSEDED' where status = 'PUBLISHED' and source = 'DEMO'`,
    `update ${table} set status = 'PUBLISHED', published_at = '${published.toISOString()}'
      where id between '${first}' and '${last}' and not exists (select from ${table} e where e.status = 'PUBLISHED')`,
  ];
}
