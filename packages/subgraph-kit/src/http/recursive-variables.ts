import {
  type DocumentNode,
  getNamedType,
  getVariableValues,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
} from "graphql";

/**
 * An operation whose variables of input types that contain themselves, as every `where` does, are coerced by graphql-js:
 * graphql-jit 0.8.9 unrolls an input type as it compiles, and never ends with these. Goes when it does.
 */
export interface Prepared {
  /** The document for graphql-jit, which takes those variables as they come: as `_Any`, Federation's own scalar. */
  readonly document: DocumentNode;
  /** Those variables as graphql-jit takes them, or what is wrong with them. */
  coerce(
    variables: Record<string, unknown>,
  ): { variables: Record<string, unknown> } | { errors: readonly GraphQLError[] };
}

export function prepareVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Prepared {
  const recursive = (operation.variableDefinitions ?? []).filter((definition) => isRecursive(schema, definition));
  if (recursive.length === 0) return { document, coerce: () => ({ variables: {} }) };
  const any = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: "_Any" } } as const;
  return {
    document: visit(document, {
      VariableDefinition: (node) =>
        recursive.includes(node) ? { ...node, type: any, defaultValue: undefined } : false,
    }),
    coerce: (variables) => {
      const { coerced, errors } = getVariableValues(schema, recursive, variables);
      return errors ? { errors } : { variables: coerced };
    },
  };
}

function isRecursive(schema: GraphQLSchema, { type }: VariableDefinitionNode): boolean {
  const contains = (input: GraphQLInputType, above: readonly GraphQLInputType[]): boolean => {
    const named = getNamedType(input);
    if (!isInputObjectType(named)) return false;
    if (above.includes(named)) return true;
    return Object.values(named.getFields()).some((field) => contains(field.type, [...above, named]));
  };
  return contains(typeFromAST(schema, type as never) as unknown as GraphQLInputType, []);
}
