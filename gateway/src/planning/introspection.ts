import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";

/** What of an operation asks for the schema: `__schema` and `__type` at its root, fragments followed. */
export type Introspection = "none" | "all" | "some";

/** Looked up a document and operation once. */
export function createIntrospectionLook(): (
  document: DocumentNode,
  operation: OperationDefinitionNode,
) => Introspection {
  const known = new WeakMap<OperationDefinitionNode, Introspection>();
  return (document, operation) => {
    let found = known.get(operation);
    if (found === undefined) known.set(operation, (found = look(document, operation)));
    return found;
  };
}

function look(document: DocumentNode, operation: OperationDefinitionNode): Introspection {
  const names = new Set<string>();
  const followed = new Set<string>();
  function follow({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) follow(selection.selectionSet);
      else if (!followed.has(selection.name.value)) {
        followed.add(selection.name.value);
        const fragment = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) follow(fragment.selectionSet);
      }
    }
  }
  follow(operation.selectionSet);
  names.delete("__typename");
  const about = ["__schema", "__type"].filter((name) => names.delete(name)).length > 0;
  if (!about) return "none";
  return names.size === 0 ? "all" : "some";
}
