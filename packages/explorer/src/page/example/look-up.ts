import { getNamedType, type GraphQLSchema, isInterfaceType, isObjectType } from "graphql";
import { findRoutes, needsArgument, type Route } from "./routes.ts";

const routesOf = new WeakMap<GraphQLSchema, ReadonlyMap<string, Route>>();

/** The routes of a schema, found once. */
export function routesIn(schema: GraphQLSchema): ReadonlyMap<string, Route> {
  let routes = routesOf.get(schema);
  if (routes === undefined) routesOf.set(schema, (routes = findRoutes(schema)));
  return routes;
}

/**
 * A small query whose first text is an id that fits: `supportRequestId` is one of a SupportRequest, `hostId` names no type
 * and takes an organisation's, `id` is of its owner. Null where no list of the graph leads to one.
 */
export function findLookUp(schema: GraphQLSchema, name: string, owner: string): string | null {
  const wanted = name.replace(/Ids?$/, "").replace(/^(id|ids|eq|in)$/, "") || owner;
  const types = Object.values(schema.getTypeMap());
  const exact = types.find((type) => type.name.toLowerCase() === wanted.toLowerCase());
  const people = /person|sponsor|owner|lead|member/i.test(wanted) ? "Person" : "Organisation";
  for (const type of [exact?.name, people, "Organisation"]) {
    const query = type === undefined ? null : idQuery(schema, type);
    if (query !== null) return query;
  }
  return null;
}

function idQuery(schema: GraphQLSchema, name: string): string | null {
  const type = schema.getType(name);
  const route = routesIn(schema).get(name);
  if (route === undefined || !(isObjectType(type) || isInterfaceType(type)) || !("id" in type.getFields())) return null;
  if (route.root !== schema.getQueryType() || route.steps.length === 0) return null;
  let query = "{ id }";
  for (const step of route.steps.toReversed()) {
    if ("on" in step) query = `{ ... on ${step.on.name} ${query} }`;
    else if (needsArgument(step.field)) return null;
    // More than one, where they are on the way: the first may have none of what is looked for.
    else
      query = `{ ${step.field.name}${step.field.args.some((argument) => argument.name === "first") ? "(first: 20)" : ""} ${query} }`;
  }
  return getNamedType(type).name === name ? query : null;
}
