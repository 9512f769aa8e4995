import { decodeGlobalId, isGlobalId } from "@clic/global-id";
import { listUnder, type Slice, type Under } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { workbookExampleList } from "../workbook/workbook.list.ts";

const published: Under = { table: "published_example", parent: "organisation_id", child: "example_id", type: "uuid" };

const resolvers: Resolvers = {
  Organisation: {
    __resolveReference: (reference) => (isGlobalId(reference.id, "Organisation") ? reference : null),
    workbookExamples: ({ id }, args, context) =>
      listUnder(context, workbookExampleList, args, published, decodeGlobalId(id, "Organisation").uuid),
  },
};

export const organisationSlice: Slice = { directory: import.meta.dirname, resolvers };
