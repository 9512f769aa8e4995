import { entitiesResolver } from "@apollo/subgraph";
import { type GraphQLObjectType, type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from "graphql";

interface Representation {
  readonly __typename: string;
}
type Resolve = (representation: Representation, context: unknown, info: GraphQLResolveInfo) => unknown;

/**
 * Has `_entities` name the type of what a reference resolver answers, and do no more: rows name theirs already, and the
 * library's way waits three times for each. What it can't do is left to the library.
 */
export function resolveEntities(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()["_entities"];
  if (field === undefined) return;
  const resolvers = new Map<string, Resolve>();
  for (const type of Object.values(schema.getTypeMap())) {
    const resolve = isObjectType(type) && referenceResolver(type);
    if (resolve) resolvers.set(type.name, resolve);
  }
  field.resolve = (_: unknown, { representations }: { representations: Representation[] }, context: object, info) =>
    representations.every(({ __typename }) => resolvers.has(__typename))
      ? representations.map((one) => {
          const found = (resolvers.get(one.__typename) as Resolve)(one, context, info);
          return isPromise(found) ? found.then((row) => named(row, one)) : named(found, one);
        })
      : entitiesResolver({ representations, context, info });
}

function referenceResolver(type: GraphQLObjectType): Resolve | undefined {
  const { apollo } = type.extensions as { apollo?: { subgraph?: { resolveReference?: Resolve } } };
  return apollo?.subgraph?.resolveReference;
}

function named(found: unknown, { __typename }: Representation): unknown {
  if (typeof found !== "object" || found === null || found instanceof Error) return found;
  return (found as Representation).__typename === __typename ? found : { ...found, __typename };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}
