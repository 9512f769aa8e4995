import { listRows, listUnder, mutate, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { addExample } from "./add-example.ts";
import { draftEdition } from "./draft-edition.ts";
import { giveConsent } from "./give-consent.ts";
import { publishEdition } from "./publish-edition.ts";
import { workbookChapters, workbookEditions, workbookExamples } from "./workbook.entity.ts";
import { workbookEditionList, workbookExampleList } from "./workbook.list.ts";
import { workbookRefusals } from "./workbook.refusals.ts";
import { mayReadConsent } from "./workbook.rules.ts";

const resolvers: Resolvers = {
  Query: {
    workbookEdition: (_, { id }, context) => workbookEditions.byId(context, id),
    workbookEditions: (_, args, context) => listRows(context, workbookEditionList, args),
    workbookExamples: (_, args, context) => listRows(context, workbookExampleList, args),
    workbookExample: (_, { id }, context) => workbookExamples.byId(context, id),
  },
  Mutation: {
    draftEdition: (_, { input }, context) =>
      mutate(context, workbookEditions, (useCase) => draftEdition(useCase, input)),
    addExample: (_, { input }, context) => mutate(context, workbookExamples, (useCase) => addExample(useCase, input)),
    giveConsent: (_, { input }, context) => mutate(context, workbookExamples, (useCase) => giveConsent(useCase, input)),
    publishEdition: (_, { input }, context) =>
      mutate(context, workbookEditions, (useCase) => publishEdition(useCase, input)),
  },
  WorkbookEdition: {
    __resolveReference: ({ id }, context) => workbookEditions.byId(context, id),
    chapters: ({ id }, _, context) => workbookChapters.manyBy(context, "editionId", id, "number"),
    examples: ({ id }, args, context) => listUnder(context, workbookExampleList, args, { property: "editionId" }, id),
  },
  WorkbookChapter: { __resolveReference: ({ id }, context) => workbookChapters.byId(context, id) },
  WorkbookExample: {
    __resolveReference: ({ id }, context) => workbookExamples.byId(context, id),
    organisation: ({ organisationId }) => ({ __typename: "Organisation", id: organisationId }),
    edition: ({ editionId }, _, context) => workbookEditions.byId(context, editionId),
    chapter: ({ chapterId }, _, context) => workbookChapters.byId(context, chapterId),
    consentedAt: ({ organisationId, consentedAt }, _, { viewer }) =>
      mayReadConsent(viewer, organisationId) ? consentedAt : null,
  },
};

export const workbookSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [workbookEditionList, workbookExampleList],
  refusals: workbookRefusals,
};
