import { type GraphQLResolveInfo, Kind, type SelectionNode, type SelectionSetNode } from "graphql";

/** Visits the fields of a selection set, those in fragments included, as often as they stand there. */
export function eachField(
  set: SelectionSetNode | undefined,
  { fragments }: Pick<GraphQLResolveInfo, "fragments">,
  visit: (name: string, inner: SelectionSetNode | undefined) => void,
  isIncluded: (selection: SelectionNode) => boolean = () => true,
): void {
  for (const selection of set?.selections ?? []) {
    if (!isIncluded(selection)) continue;
    if (selection.kind === Kind.FIELD) visit(selection.name.value, selection.selectionSet);
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      eachField(selection.selectionSet, { fragments }, visit, isIncluded);
    else eachField(fragments[selection.name.value]?.selectionSet, { fragments }, visit, isIncluded);
  }
}
