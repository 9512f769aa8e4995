import { type GlobalIdType, typeOfGlobalId } from "@clic/global-id";
import { badInput, type GraphContext, type Reference, type Slice } from "@clic/subgraph-kit";
import { type GraphQLResolveInfo, type GraphQLSchema, isAbstractType } from "graphql";
import type { Resolvers } from "../generated/resolvers.ts";

type ReferenceResolver = (reference: Reference, context: GraphContext) => unknown;

const most = 100;

/**
 * `node` and `nodes`: what these slices own is read here; of the rest only type and key are known, and the owner is asked.
 */
export function nodeSlice(slices: readonly Slice[]): Slice {
  const owned = new Map<string, ReferenceResolver>(
    slices.flatMap(({ resolvers = {} }) =>
      Object.entries(resolvers as Record<string, { __resolveReference?: ReferenceResolver }>).flatMap(
        ([type, { __resolveReference: resolve }]) => (resolve === undefined ? [] : [[type, resolve] as const]),
      ),
    ),
  );

  const find = async (id: string, context: GraphContext, { schema }: GraphQLResolveInfo): Promise<unknown> => {
    const type = typeOfGlobalId(id);
    if (type === null)
      throw badInput("This is no global id: give one as an answer gave it, such as evt_ and a UUID in lower case.");
    if (!isNode(schema, type)) return null;
    const resolve = owned.get(type);
    if (resolve === undefined) return { __typename: type, nodeKey: id };
    const row = (await resolve({ id }, context)) as object | null;
    return row === null ? null : { ...row, __typename: type };
  };

  const resolvers: Resolvers = {
    Query: {
      node: (_, { id }, context, info) => find(id, context, info) as never,
      nodes: (_, { ids }, context, info) => {
        if (ids.length > most) throw badInput(`nodes takes at most ${most} ids; you gave ${ids.length}.`);
        return ids.map((id) => find(id, context, info)) as never;
      },
    },
  };
  return { directory: import.meta.dirname, resolvers };
}

function isNode(schema: GraphQLSchema, name: GlobalIdType): boolean {
  const node = schema.getType("Node");
  return isAbstractType(node) && schema.getPossibleTypes(node).some((type) => type.name === name);
}
