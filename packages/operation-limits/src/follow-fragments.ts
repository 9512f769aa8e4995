import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";

export interface Measure {
  /** What a field comes to, given what its own selections come to. */
  field(field: FieldNode, inside: number): number;
  /** What a fragment, spread or inline, comes to beyond what is in it; nothing unless given. */
  fragment?(directives: number): number;
  /** Makes one number of two selections beside each other: their sum, or the larger. */
  join(one: number, other: number): number;
}

/**
 * Measures an operation as if its fragments stood where they are spread. Each fragment is measured once, so fragments that
 * spread one another many times cost no more than they are long. A fragment within itself counts nothing the second time:
 * validation refuses the cycle and names it.
 */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode, measure: Measure): number {
  const sets = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) sets.set(definition.name.value, definition.selectionSet);
  const known = new Map<string, number>();

  function ofSet(set: SelectionSetNode | undefined): number {
    let total = 0;
    for (const selection of set?.selections ?? []) {
      const own = selection.directives?.length ?? 0;
      const one =
        selection.kind === Kind.FIELD
          ? measure.field(selection, ofSet(selection.selectionSet))
          : (measure.fragment?.(own) ?? 0) +
            (selection.kind === Kind.INLINE_FRAGMENT
              ? ofSet(selection.selectionSet)
              : ofFragment(selection.name.value));
      total = measure.join(total, one);
    }
    return total;
  }

  function ofFragment(name: string): number {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, 0);
    const found = ofSet(sets.get(name));
    known.set(name, found);
    return found;
  }

  return ofSet(operation.selectionSet);
}

/** The largest of a document's operations. */
export function measureLargest(document: DocumentNode, measure: Measure): number {
  return Math.max(0, ...operationsOf(document).map((operation) => measureOperation(document, operation, measure)));
}

export function operationsOf(document: DocumentNode): readonly OperationDefinitionNode[] {
  return document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

export const sum = (one: number, other: number): number => one + other;
