import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  executeSync,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from "graphql";
import { type Ask, valueAt } from "./random-graph.ts";

export interface Claims {
  readonly authenticated: boolean;
  readonly scopes: readonly string[];
  readonly policies: readonly string[];
}

type Asks = ReadonlyMap<string, readonly Ask[]>;

/** Says plainly who may see what: every rule that a coordinate comes under, asked one by one, nothing worked out before. */
export function judge(
  asks: Asks,
  schema: GraphQLSchema,
  claims: Claims,
): { type(name: string): boolean; field(type: string, name: string): boolean } {
  const grants = (ask: Ask): boolean => {
    if (ask.kind === "authenticated") return claims.authenticated;
    return ask.any.some((all) => all.every((name) => claims[ask.kind].includes(name)));
  };
  const rules = (coordinate: string): boolean => (asks.get(coordinate) ?? []).every(grants);
  const selfAndImplementers = (name: string): readonly string[] => {
    const type = schema.getType(name);
    return isInterfaceType(type) ? [name, ...schema.getPossibleTypes(type).map((each) => each.name)] : [name];
  };
  const type = (name: string): boolean => selfAndImplementers(name).every(rules);
  return {
    type,
    field(parent, name) {
      if (!type(parent)) return false;
      if (name.startsWith("_")) return true;
      const holder = schema.getType(parent);
      const field = isObjectType(holder) || isInterfaceType(holder) ? holder.getFields()[name] : undefined;
      return (
        selfAndImplementers(parent).every((each) => rules(`${each}.${name}`)) && type(getNamedType(field!.type).name)
      );
    },
  };
}

/** Executes a document as graphql-js does, each place by its runtime type. `see` hears of every field that is resolved. */
export function execute(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
  see: (type: string, field: string) => void,
): ExecutionResult {
  return executeSync({
    schema,
    document,
    variableValues: variables,
    fieldResolver: (_source, _arguments, _context, info) => {
      see(info.parentType.name, info.fieldName);
      const place = `${info.parentType.name}:${placeOf(info.path)}`;
      return valueAt(info.returnType, `${place}.${info.fieldName}`, schema);
    },
    typeResolver: (value: { __typename: string }) => value.__typename,
  });
}

/** Where a value is, without aliases, which differ between documents that ask for the same. */
function placeOf(path: { key: string | number; typename: string | undefined; prev: unknown } | undefined): string {
  let depth = 0;
  let text = "";
  for (let at = path?.prev as typeof path; at; at = at.prev as typeof path) {
    depth += 1;
    if (typeof at.key === "number") text = `${at.key},${text}`;
  }
  return `${depth}:${text}`;
}

/** A field that every type has in the reference: graphql-js answers `__typename` itself and lets nobody withhold it. */
export const TYPENAME = "_t";

/**
 * The answer that a caller should get: the document executed as it stands, each withheld place failing. `schema` has the
 * field TYPENAME in every object and interface.
 */
export function expectedAnswer(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
  may: ReturnType<typeof judge>,
): ExecutionResult {
  const allowed = new Set<FieldNode>();
  const plain = withoutSpreads(document, schema, may, allowed);
  const withheld = (what: string): GraphQLError =>
    new GraphQLError(what, { extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE" } });
  return executeSync({
    schema,
    document: plain,
    variableValues: variables,
    fieldResolver: (_source, _arguments, _context, info) => {
      if (!info.fieldNodes.some((node) => allowed.has(node)))
        throw withheld(`${info.parentType.name}.${info.fieldName}`);
      if (info.fieldName === TYPENAME) return info.parentType.name;
      const place = `${info.parentType.name}:${placeOf(info.path)}`;
      return valueAt(info.returnType, `${place}.${info.fieldName}`, schema);
    },
    typeResolver: (value: { __typename: string }) => {
      if (!may.type(value.__typename)) throw withheld(value.__typename);
      return value.__typename;
    },
  });
}

/** The document with each spread written out, so that every field node has one place; `allowed` gets those that may be seen. */
function withoutSpreads(
  document: DocumentNode,
  schema: GraphQLSchema,
  may: ReturnType<typeof judge>,
  allowed: Set<FieldNode>,
): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);

  function set({ selections }: SelectionSetNode, parent: string, open: boolean): SelectionSetNode {
    return { kind: Kind.SELECTION_SET, selections: selections.map((each) => selection(each, parent, open)) };
  }
  /** `__typename`, as a field that can be withheld; a union has no fields, so each of its members answers. */
  function typename(node: FieldNode, parent: string, open: boolean): SelectionNode {
    const own: FieldNode = {
      ...node,
      alias: node.alias ?? { kind: Kind.NAME, value: "__typename" },
      name: { kind: Kind.NAME, value: TYPENAME },
    };
    if (open && may.type(parent)) allowed.add(own);
    const union = schema.getType(parent);
    if (!isUnionType(union)) return own;
    const selections = union.getTypes().map(({ name }): InlineFragmentNode => {
      const copy = { ...own };
      if (open) allowed.add(copy);
      const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } as const;
      return {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition,
        selectionSet: { kind: Kind.SELECTION_SET, selections: [copy] },
      };
    });
    const { directives = [] } = node;
    return { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections } };
  }
  function selection(node: SelectionNode, parent: string, open: boolean): SelectionNode {
    if (node.kind === Kind.FIELD && node.name.value === "__typename") return typename(node, parent, open);
    if (node.kind === Kind.FIELD) {
      const visible = open && may.field(parent, node.name.value);
      const holder = schema.getType(parent);
      const field = isObjectType(holder) || isInterfaceType(holder) ? holder.getFields()[node.name.value] : undefined;
      const beneath = node.selectionSet && set(node.selectionSet, getNamedType(field!.type).name, visible);
      const copy: FieldNode = { ...node, ...(beneath && { selectionSet: beneath }) };
      if (visible) allowed.add(copy);
      return copy;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)! : node;
    const on = fragment.typeCondition?.name.value ?? parent;
    const inner = set(fragment.selectionSet, on, open && may.type(on));
    const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: on } } as const;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: node.directives ?? [], selectionSet: inner };
  }

  const definitions = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION
      ? [{ ...each, selectionSet: set(each.selectionSet, schema.getRootType(each.operation)!.name, true) }]
      : [],
  );
  return { ...document, definitions };
}
