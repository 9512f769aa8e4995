import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Kind,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  typeFromAST,
} from "graphql";

export interface AskedOperation {
  readonly schema: GraphQLSchema;
  /** Validated against the schema. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface AssumedSizes {
  /** A page of a connection that is asked for without `first` or `last`. */
  readonly page: number;
  /** A list that takes no `first`. */
  readonly list: number;
  /** A list that takes `first` and isn't given one. */
  readonly unbounded: number;
}

const assumed: AssumedSizes = { page: 20, list: 10, unbounded: 1000 };

/**
 * How many values an operation may bring at most, objects and their fields, by the page sizes that it asks for: those of a
 * page times those within each, whatever there really is. Whoever merges and writes an answer takes a time for each, and no
 * other request has it. Connections are told by their `pageInfo` (Relay). Each fragment is counted once for a type and size,
 * so that it takes as long as the document is long; what conditions leave out is counted as well.
 */
export function countValues({ schema, document, operation, variables }: AskedOperation, sizes = assumed): number {
  const known = new Map<SelectionSetNode, Map<string, number>>();
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );

  /** The values under one object of this type; `page` is how many nodes it has, if it is a connection. */
  function under(set: SelectionSetNode, type: GraphQLCompositeType, page: number): number {
    const key = `${type.name} ${page}`;
    let counts = known.get(set);
    if (counts === undefined) known.set(set, (counts = new Map<string, number>()));
    const before = counts.get(key);
    if (before !== undefined) return before;
    let count = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) count += ofField(selection, type, page);
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment === undefined) continue;
        const condition = fragment.typeCondition && typeFromAST(schema, fragment.typeCondition);
        count += under(fragment.selectionSet, isCompositeType(condition) ? condition : type, page);
      }
    }
    counts.set(key, count);
    return count;
  }

  function ofField(node: FieldNode, parent: GraphQLCompositeType, page: number): number {
    const field = fieldsOf(parent)[node.name.value];
    if (field === undefined) return 1; // __typename
    const type = getNamedType(field.type);
    const set = isCompositeType(type) ? node.selectionSet : undefined;
    if (set && isCompositeType(type) && isConnection(type))
      return 1 + under(set, type, asked(node, field) ?? sizes.page);
    const each = 1 + (set && isCompositeType(type) ? under(set, type, 1) : 0);
    if (!isListType(getNullableType(field.type))) return each;
    if (isConnection(parent) && (node.name.value === "nodes" || node.name.value === "edges")) return page * each;
    return (asked(node, field) ?? (takesSize(field) ? sizes.unbounded : sizes.list)) * each;
  }

  /** The page size that the field is asked for. */
  function asked(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    for (const name of ["first", "last"]) {
      const value = node.arguments?.find((one) => one.name.value === name)?.value;
      const given =
        value?.kind === Kind.VARIABLE
          ? variables[value.name.value]
          : value?.kind === Kind.INT
            ? Number(value.value)
            : undefined;
      const size = given ?? field.args.find((one) => one.name === name)?.defaultValue;
      // A negative size is refused where it is used; here it must not make room for others.
      if (typeof size === "number") return Math.max(size, 0);
    }
    return undefined;
  }

  const root = schema.getRootType(operation.operation);
  return root ? under(operation.selectionSet, root, 1) : 0;
}

function fieldsOf(type: GraphQLCompositeType): Readonly<Record<string, GraphQLField<unknown, unknown>>> {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
}

function isConnection(type: GraphQLCompositeType): boolean {
  return "pageInfo" in fieldsOf(type);
}

function takesSize(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(({ name }) => name === "first");
}
