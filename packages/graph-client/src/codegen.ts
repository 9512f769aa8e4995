import { fileURLToPath } from "node:url";
import type { Scalars } from "./scalars.ts";

const scalars: { readonly [Name in keyof Scalars | "ID"]: Name extends "SafeInt" ? "number" : "string" } = {
  ID: "string",
  Date: "string",
  DateTime: "string",
  SafeInt: "number",
};

/**
 * The settings of graphql-codegen's client preset for this graph: where the schema lies, and an entry of `generates` to
 * spread. Fragments are masked: a component sees only what its own fragment asks for, so nobody breaks it by
 * asking for less elsewhere; `readFragment` unmasks, as in gql.tada.
 *
 * Hazard: `__typename` is typed as always there, so let `addTypenameSelectionDocumentTransform` of the preset select it.
 */
export const codegen = {
  schema: fileURLToPath(new URL("../schema.graphql", import.meta.url)),
  output: {
    preset: "client",
    presetConfig: { fragmentMasking: { unmaskFunctionName: "readFragment" } },
    config: {
      scalars,
      strictScalars: true,
      enumType: "string-literal",
      nonOptionalTypename: true,
      skipTypeNameForRoot: true,
      useTypeImports: true,
    },
  },
} as const;
