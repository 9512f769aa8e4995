import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { isOfTime, timeKey } from "./time-key.ts";

type Field = GraphQLField<unknown, unknown>;

/** One step from a root to a type: a field, or `... on` another type. */
export type Step = { readonly field: Field } | { readonly on: GraphQLObjectType | GraphQLInterfaceType };

/** How an operation comes to a type. */
export interface Route {
  readonly root: GraphQLObjectType;
  readonly steps: readonly Step[];
  /** For what only goes in: the argument of the last field, and the input fields on the way to the type. */
  readonly argument?: { readonly argument: GraphQLArgument; readonly inputs: readonly string[] };
}

interface Found extends Route {
  readonly at: GraphQLNamedType;
  readonly cost: number;
}

/** Whether a field says nothing without an argument: it has a required one, or one of several keys has to be given. */
export function needsArgument(field: Field): boolean {
  return field.args.some((argument) => isRequiredArgument(argument) || isKey(field, argument));
}

/** `organisation(id, odsCode)`, `organisationAsOf(organisationId, …)`: an optional key, of which exactly one has to be given. */
export function isKey(field: Field, { name }: GraphQLArgument): boolean {
  return /^id$|Id$/.test(name) && !field.args.some((other) => other.name === "first");
}

/** Of a step by this field: dear where it needs an argument; dearer than another where it may be null, as `me` is of nobody. */
function priceOf(field: Field): number {
  if (needsArgument(field)) return 5;
  return isNonNullType(field.type) ? 1 : 1.5;
}

/** The surest of the shortest ways to every type that an operation can come to. */
export function findRoutes(schema: GraphQLSchema): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  const open: Found[] = [schema.getQueryType(), schema.getMutationType()]
    .filter((root) => root !== null && root !== undefined)
    .map((root, index) => ({ root, steps: [], at: root, cost: index * 100 }));
  const inputs: { route: Route; type: GraphQLInputObjectType; cost: number }[] = [];
  while (open.length > 0) {
    open.sort((one, other) => one.cost - other.cost);
    const { at, ...found } = open.shift() as Found;
    if (routes.has(at.name)) continue;
    routes.set(at.name, found);
    for (const next of stepsFrom(at, schema)) {
      const to = "on" in next ? next.on : getNamedType(next.field.type);
      const price = "on" in next ? 1 : priceOf(next.field);
      const route = { root: found.root, steps: [...found.steps, next], cost: found.cost + price };
      open.push({ ...route, at: to });
      if ("on" in next) continue;
      for (const argument of next.field.args) {
        const type = getNamedType(argument.type);
        inputs.push({
          route: { ...route, argument: { argument, inputs: [] } },
          type: type as GraphQLInputObjectType,
          cost: route.cost,
        });
      }
    }
  }
  addInputs(routes, inputs);
  return routes;
}

function stepsFrom(type: GraphQLNamedType, schema: GraphQLSchema): readonly Step[] {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const on = [...possible, ...possible.flatMap((each) => each.getInterfaces())].map((each) => ({ on: each }));
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  return [...fields.map((field) => ({ field })), ...on];
}

/** What only goes in is reached by an argument, or by the fields of another input. */
function addInputs(
  routes: Map<string, Route>,
  open: { route: Route; type: GraphQLInputObjectType; cost: number }[],
): void {
  while (open.length > 0) {
    open.sort((one, other) => one.cost - other.cost);
    const first = open.shift();
    if (first === undefined || routes.has(first.type.name)) continue;
    const { route, type, cost } = first;
    routes.set(type.name, route);
    if (!isInputObjectType(type) || route.argument === undefined) continue;
    const fields = Object.values(type.getFields());
    for (const { name, type: inner } of fields) {
      if (isOfTime(name) && !fields.some((field) => timeKey(field.type))) continue;
      const argument = { ...route.argument, inputs: [...route.argument.inputs, name] };
      open.push({ route: { ...route, argument }, type: getNamedType(inner) as GraphQLInputObjectType, cost: cost + 1 });
    }
  }
}
