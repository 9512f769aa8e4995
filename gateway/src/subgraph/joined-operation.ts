import {
  type ArgumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
} from "graphql";

/** Whether an operation is one read of `_entities` and nothing else, in the form that the planner gives it. */
export function entitiesRead(query: string): OperationDefinitionNode | null {
  if (!query.includes("_entities")) return null;
  const [operation, ...others] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== "query" || others.length > 0)
    return null;
  const [field, ...more] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || field.name.value !== "_entities" || field.alias || more.length > 0) return null;
  // A caller may have variables of such names as well.
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const isPlain = names.every((name) => name === "representations" || !name.startsWith("representations"));
  return isPlain && !operation.directives?.length && !field.directives?.length ? operation : null;
}

/** The key in the answer, and behind `representations_` the variable, of the read at this index. */
export function keyOf(index: number): string {
  return `_${index}`;
}

/**
 * One operation for several reads of entities. What else they have for variables is one request's: of the same names it is
 * the same.
 */
export function joinedOperation(reads: readonly OperationDefinitionNode[]): string {
  const variables = new Map<string, VariableDefinitionNode>();
  const fields = reads.map(({ variableDefinitions = [], selectionSet }, index) => {
    for (const definition of variableDefinitions) {
      const { variable } = definition;
      const name = variable.name.value === "representations" ? `representations${keyOf(index)}` : variable.name.value;
      variables.set(name, { ...definition, variable: { ...variable, name: { kind: Kind.NAME, value: name } } });
    }
    const field = selectionSet.selections[0] as FieldNode;
    const representations: ArgumentNode = {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: "representations" },
      value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: `representations${keyOf(index)}` } },
    };
    return { ...field, alias: { kind: Kind.NAME, value: keyOf(index) } as const, arguments: [representations] };
  });
  const operation: OperationDefinitionNode = {
    ...(reads[0] as OperationDefinitionNode),
    variableDefinitions: [...variables.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
  };
  return stripIgnoredCharacters(print(operation));
}
