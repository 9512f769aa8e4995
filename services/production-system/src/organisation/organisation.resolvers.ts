import { decodeGlobalId, isGlobalId } from "@clic/global-id";
import { listUnder, type Slice, type Under } from "@clic/subgraph-kit";
import { facultyMembershipList } from "../faculty/faculty.list.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { workbookExampleList } from "../workbook/workbook.list.ts";

const published: Under = { table: "published_example", parent: "organisation_id", child: "example_id", type: "uuid" };

const resolvers: Resolvers = {
  Organisation: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Organisation") ? reference : null),
    workbookExamples: ({ id }, args, context) =>
      listUnder(context, workbookExampleList, args, published, decodeGlobalId(id, "Organisation").uuid),
    faculty: ({ id }, args, context) => {
      // An explicit null stays null, for the list to refuse.
      const where = args.where === null ? null : { and: [{ leftOn: { isNull: true } }, args.where ?? {}] };
      return listUnder(context, facultyMembershipList, { ...args, where }, { property: "organisationId" }, id);
    },
  },
};

export const organisationSlice: Slice = { directory: import.meta.dirname, resolvers };
