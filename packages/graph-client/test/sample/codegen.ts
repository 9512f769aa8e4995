import { codegen } from "@clic/graph-client/codegen";
import type { CodegenConfig } from "@graphql-codegen/cli";
import { addTypenameSelectionDocumentTransform } from "@graphql-codegen/client-preset";

const config: CodegenConfig = {
  schema: codegen.schema,
  documents: "with-codegen.ts",
  importExtension: ".ts",
  generates: {
    "gql/": { ...codegen.output, documentTransforms: [addTypenameSelectionDocumentTransform] },
  },
};
export default config;
