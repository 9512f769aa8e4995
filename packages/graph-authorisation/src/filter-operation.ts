import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  visit,
} from "graphql";
import type { Caller } from "./caller.ts";
import type { Guard } from "./guard.ts";
import type { Clause } from "./requirement.ts";

/** Something that a document asks for and its caller may not see. */
export interface Withheld {
  /** `Type.field`, or `Type` where a fragment enters a type or an object turns out to be of it. */
  readonly coordinate: string;
  /** What the caller lacks. */
  readonly clause: Clause;
}

/** An operation without what its caller may not see. */
export interface FilteredOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What may be asked; null when nothing of it may. Only the one operation, and the fragments and variables that it uses. */
  readonly document: DocumentNode | null;
  /** Selections of the original document that were taken out, and why. */
  readonly withheld: ReadonlyMap<SelectionNode, Withheld>;
  /** Fields of the original document whose answers differ from what the caller gets: withheld beneath, or with the marker. */
  readonly touched: ReadonlySet<FieldNode>;
  /** A response key that the original document doesn't have: there the filtered one asks for types that only the answer tells. */
  readonly marker: string;
}

interface FilteredSet {
  readonly selections: readonly SelectionNode[];
  readonly touched: boolean;
}

/**
 * Takes out of an operation what the caller may not see; undefined where that is nothing and nothing can turn out to be.
 * The document must be valid. A fragment is judged once, by the type that it is on, wherever it is spread.
 */
export function filterOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  caller: Caller,
  guard: Guard,
): FilteredOperation | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  const withheld = new Map<SelectionNode, Withheld>();
  const touched = new Set<FieldNode>();
  const filtered = new Map<string, FilteredSet>();
  const marker = unusedKey(document);
  /** Whether the member of some union may not be seen, so that objects can turn out to be of it. */
  let mayTurnOut = false;
  const root = guard.schema.getRootType(operation.operation);
  if (root === undefined || root === null) return undefined;

  function withhold(node: SelectionNode, coordinate: string, clause: Clause): FilteredSet {
    withheld.set(node, { coordinate, clause });
    return { selections: [], touched: true };
  }

  function filterSelection(parent: GraphQLCompositeType, node: SelectionNode): FilteredSet {
    switch (node.kind) {
      case Kind.FIELD:
        return filterField(parent, node);
      case Kind.INLINE_FRAGMENT: {
        const type = node.typeCondition?.name.value ?? parent.name;
        const clause = caller.unmet(guard.ofType(type));
        if (clause !== undefined) return withhold(node, type, clause);
        const { selections, touched } = filterSet(compositeType(type), node.selectionSet);
        if (selections.length === 0) return { selections, touched };
        return { selections: [{ ...node, selectionSet: { ...node.selectionSet, selections } }], touched };
      }
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments.get(node.name.value);
        if (fragment === undefined) return { selections: [], touched: true };
        const type = fragment.typeCondition.name.value;
        const clause = caller.unmet(guard.ofType(type));
        if (clause !== undefined) return withhold(node, type, clause);
        const inner = filterFragment(fragment);
        return { selections: inner.selections.length === 0 ? [] : [node], touched: inner.touched };
      }
    }
  }

  function filterFragment(fragment: FragmentDefinitionNode): FilteredSet {
    const { value } = fragment.name;
    const known = filtered.get(value);
    if (known !== undefined) return known;
    const found = filterSet(compositeType(fragment.typeCondition.name.value), fragment.selectionSet);
    filtered.set(value, found);
    return found;
  }

  function filterField(parent: GraphQLCompositeType, node: FieldNode): FilteredSet {
    const name = node.name.value;
    if (name === "__schema" || name === "__type") return { selections: [node], touched: false };
    const clause = caller.unmet(guard.ofField(parent.name, name));
    if (clause !== undefined) return withhold(node, `${parent.name}.${name}`, clause);
    if (node.selectionSet === undefined || isUnionType(parent)) return { selections: [node], touched: false };
    const type = getNamedType(parent.getFields()[name]!.type) as GraphQLCompositeType;
    const inner = filterSet(type, node.selectionSet);
    if (isUnionType(type) && type.getTypes().some((member) => caller.unmet(guard.ofType(member.name))))
      mayTurnOut = true;
    const needsType = isAbstractType(type) || inner.selections.length === 0;
    const isTouched = inner.touched || needsType;
    if (isTouched) touched.add(node);
    const selections = needsType ? [...inner.selections, typenameAs(marker)] : inner.selections;
    return { selections: [{ ...node, selectionSet: { ...node.selectionSet, selections } }], touched: isTouched };
  }

  function filterSet(parent: GraphQLCompositeType, { selections }: SelectionSetNode): FilteredSet {
    const found = selections.map((node) => filterSelection(parent, node));
    return {
      selections: found.flatMap((each) => each.selections),
      touched: found.some((each) => each.touched),
    };
  }

  function compositeType(name: string): GraphQLCompositeType {
    const type = guard.schema.getType(name);
    if (!isCompositeType(type)) throw new TypeError(`${name} is not a type that has fields.`);
    return type;
  }

  const inner = filterSet(root, operation.selectionSet);
  if (withheld.size === 0 && !mayTurnOut) return undefined;
  const selectionSet = { ...operation.selectionSet, selections: inner.selections };
  const left =
    inner.selections.length === 0 ? null : assemble({ ...operation, selectionSet }, document, fragments, filtered);
  return { operation, fragments, document: left, withheld, touched, marker };
}

function typenameAs(key: string): FieldNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  return { kind: Kind.FIELD, alias: name(key), name: name("__typename") };
}

/** The filtered operation with the fragments that it still reaches, and without the variables that nothing uses any more. */
function assemble(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  filtered: ReadonlyMap<string, FilteredSet>,
): DocumentNode {
  const used = new Map<string, FragmentDefinitionNode>();
  const variables = new Set<string>();
  const look = (node: SelectionSetNode | FragmentDefinitionNode): void =>
    void visit(node, {
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value);
        if (fragment === undefined || used.has(value)) return;
        const { selectionSet } = fragment;
        const selections = filtered.get(value)?.selections ?? selectionSet.selections;
        const left = { ...fragment, selectionSet: { ...selectionSet, selections } };
        used.set(value, left);
        look(left);
      },
    });
  look(operation.selectionSet);
  for (const directive of operation.directives ?? [])
    visit(directive, { Variable: ({ name }) => void variables.add(name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    variables.has(variable.name.value),
  );
  return {
    ...document,
    definitions: [{ ...operation, ...(variableDefinitions && { variableDefinitions }) }, ...used.values()],
  };
}

/** A response key that nothing in the document has. */
function unusedKey(document: DocumentNode): string {
  const used = new Set<string>();
  visit(document, { Field: ({ alias, name }) => void used.add((alias ?? name).value) });
  let key = "authorisedType";
  while (used.has(key)) key += "_";
  return key;
}
