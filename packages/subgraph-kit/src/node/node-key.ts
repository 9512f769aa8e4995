import { type DocumentNode, Kind, type ObjectTypeDefinitionNode, parse, visit } from "graphql";

type ResolverMap = Record<string, object>;
type ReferenceResolver = (reference: { id: string }, ...rest: unknown[]) => unknown;

/**
 * The second key of what a service owns: every type that `implements Node` and can be resolved by its `id` gets
 * `nodeKey`, which clients don't see. The service with `Query.node` knows of other services' types only this key, so
 * even `{ node(id: …) { id } }` asks the owner, and what its rules hide is null. A key named `id` would be echoed.
 */
export function addNodeKeys(document: DocumentNode): DocumentNode {
  return visit(document, {
    ObjectTypeDefinition: (type) => (isOwnedNode(type) ? extended(type) : undefined),
  });
}

/** Resolvers of the second key of these types. Throws where a type has no `__resolveReference` to resolve it by. */
export function nodeKeyResolvers(document: DocumentNode, resolvers: ResolverMap): ResolverMap {
  return Object.fromEntries(
    document.definitions.filter(isOwnedNode).map(({ name: { value: name } }) => {
      const { __resolveReference: resolve } = (resolvers[name] ?? {}) as { __resolveReference?: ReferenceResolver };
      if (resolve === undefined) throw new Error(`${name} implements Node and needs __resolveReference.`);
      return [
        name,
        {
          nodeKey: ({ id }: { id: string }) => id,
          __resolveReference: (reference: { id?: string; nodeKey: string }, ...rest: unknown[]) =>
            resolve({ ...reference, id: reference.id ?? reference.nodeKey }, ...rest),
        },
      ];
    }),
  );
}

function isOwnedNode(node: { readonly kind: string }): node is ObjectTypeDefinitionNode {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
  const { interfaces, fields } = node as ObjectTypeDefinitionNode;
  return interfaces?.some(({ name }) => name.value === "Node") === true && !fields?.some(isNodeKey);
}

function isNodeKey(field: { readonly name: { readonly value: string } }): boolean {
  return field.name.value === "nodeKey";
}

const [pattern] = parse(
  `type Pattern @key(fields: "nodeKey") { "The global id once more, for \`Query.node\`." nodeKey: ID! @inaccessible }`,
).definitions as [ObjectTypeDefinitionNode];

function extended(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  return {
    ...type,
    directives: [...(type.directives ?? []), ...(pattern.directives ?? [])],
    fields: [...(type.fields ?? []), ...(pattern.fields ?? [])],
  };
}
