import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  parse,
} from "graphql";

/** One step from an object to what a field of it gives. `on` are the types of the fragments around it, outermost first. */
export interface Step {
  readonly parent: string;
  readonly on: readonly string[];
  readonly field: string;
  readonly key: string;
}

/** A document that goes one way to one coordinate. */
export interface Way {
  readonly how: string;
  readonly query: string;
  readonly steps: readonly Step[];
  /** What abstract types must turn out to be for the way to lead there. */
  readonly become: readonly (readonly [string, string])[];
}

interface Route {
  readonly kind: "query" | "mutation";
  readonly steps: readonly Step[];
  readonly become: readonly (readonly [string, string])[];
}

type Composite = Pick<GraphQLObjectType, "name" | "getFields">;

/** Writes documents over the public schema that lead to every coordinate in every way there is. */
export function createWays(
  schema: GraphQLSchema,
  sdls: readonly string[],
): (type: string, field: string) => readonly Way[] {
  const routes = findRoutes(schema);
  const served = sdls.map((sdl) => fieldsOf(sdl));

  /** Steps to an object of the type that a service gives which doesn't have the field, so that another is asked by reference. */
  function byReference(type: string, field: string): Route | undefined {
    for (const fields of served.filter((each) => !each.has(`${type}.${field}`))) {
      for (const [coordinate, returned] of fields) {
        const [parent = "", via = ""] = coordinate.split(".");
        const start = routes.get(parent);
        if (returned !== type || start === undefined || !selectable(schema, parent, via)) continue;
        return { ...start, steps: [...start.steps, step(parent, via)] };
      }
    }
    return undefined;
  }

  return (type, field) => {
    const ways: Way[] = [];
    const add = (how: string, route: Route | undefined, last: Partial<Step> = {}, named = false): void => {
      if (route === undefined) return;
      const steps = [...route.steps, { ...step(type, field), ...last }];
      ways.push({ how, steps, become: route.become, query: print(schema, route.kind, steps, named) });
    };
    const route = routes.get(type);
    add("direct", route);
    add("alias", route, { key: "harmless" });
    if (type === "Query" || type === "Mutation") {
      add("inline fragment", route, { on: [type] });
      add("named fragment", route, { on: [type] }, true);
      return ways;
    }
    add("inline fragment", route, { on: [type] });
    add("named fragment", route, { on: [type] }, true);
    const held = schema.getType(type);
    if (isObjectType(held)) {
      for (const { name, getFields } of held
        .getInterfaces()
        .filter(({ name }) => name !== "Node")
        .map((each) => ({ name: each.name, getFields: () => each.getFields() }))) {
        const own = Object.hasOwn(getFields(), field);
        const start = routes.get(name);
        add(
          "interface",
          start && { ...start, become: [...start.become, [name, type]] },
          own ? { parent: name } : { on: [type] },
        );
      }
      for (const union of Object.values(schema.getTypeMap()).filter(isUnionType)) {
        if (!union.getTypes().some(({ name }) => name === type)) continue;
        const start = routes.get(union.name);
        add("union", start && { ...start, become: [...start.become, [union.name, type]] }, { on: [type] });
        break;
      }
      if (held.getInterfaces().some(({ name }) => name === "Node")) {
        const node: Route = { kind: "query", steps: [step("Query", "node")], become: [["Node", type]] };
        add("node", node, { on: [type] });
      }
    }
    add("reference", byReference(type, field));
    return ways;
  };
}

function step(parent: string, field: string): Step {
  return { parent, on: [], field, key: field };
}

/** The shortest way to each type from a root. */
function findRoutes(schema: GraphQLSchema): ReadonlyMap<string, Route> {
  const found = new Map<string, Route>([
    ["Query", { kind: "query", steps: [], become: [] }],
    ["Mutation", { kind: "mutation", steps: [], become: [] }],
  ]);
  for (const [name, route] of found) {
    const type = schema.getType(name);
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (found.has(possible.name) || route.become.some(([abstract]) => abstract === name)) continue;
        found.set(possible.name, { ...route, become: [...route.become, [name, possible.name]] });
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name: field, type: of } of Object.values(type.getFields())) {
      const next = getNamedType(of);
      if (!isCompositeType(next) || found.has(next.name) || (name === "Query" && field.startsWith("node"))) continue;
      found.set(next.name, { ...route, steps: [...route.steps, step(name, field)] });
    }
  }
  return found;
}

function selectable(schema: GraphQLSchema, parent: string, field: string): boolean {
  const type = schema.getType(parent);
  return (isObjectType(type) || isInterfaceType(type)) && Object.hasOwn(type.getFields(), field);
}

function fieldsOf(sdl: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const definition of parse(sdl).definitions) {
    if (!("fields" in definition) || !("name" in definition)) continue;
    for (const field of definition.fields ?? []) {
      if (!("type" in field) || field.directives?.some(({ name }) => name.value === "external")) continue;
      let type = field.type;
      while (type.kind !== "NamedType") type = type.type;
      fields.set(`${definition.name.value}.${field.name.value}`, type.name.value);
    }
  }
  return fields;
}

function print(schema: GraphQLSchema, kind: string, steps: readonly Step[], named: boolean): string {
  const last = steps.at(-1)!;
  const holder = schema.getType(last.parent) as Composite;
  const returned = last.field === "__typename" ? undefined : getNamedType(holder.getFields()[last.field]!.type);
  let text = returned !== undefined && isCompositeType(returned) ? "{ __typename }" : "";
  let fragment = "";
  for (const [index, { parent, on, field, key }] of [...steps.entries()].toReversed()) {
    const at = schema.getType(parent) as Composite;
    const given = field === "__typename" ? "" : printArguments(at.getFields()[field]!);
    text = `${key === field ? "" : `${key}: `}${field}${given} ${text}`;
    if (named && index === steps.length - 1) {
      fragment = ` fragment F on ${on[0]} { ${text} }`;
      text = "...F";
    } else for (const type of on.toReversed()) text = `... on ${type} { ${text} }`;
    // A step from a concrete type where the one before gave an abstract one.
    const before = steps[index - 1];
    const given_ = before && getNamedType((schema.getType(before.parent) as Composite).getFields()[before.field]!.type);
    if (given_ !== undefined && isAbstractType(given_) && given_.name !== parent && on.length === 0)
      text = `... on ${parent} { ${text} }`;
    text = `{ ${text} }`;
  }
  return `${kind} ${text}${fragment}`;
}

function printArguments({ args }: GraphQLField<unknown, unknown>): string {
  const required = args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${printValue(type)}`);
  return required.length > 0 ? `(${required.join(", ")})` : "";
}

function printValue(type: GraphQLInputType): string {
  if (isNonNullType(type)) return printValue(type.ofType);
  if (isListType(type)) return `[${printValue(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${fields.map(({ name, type: of }) => `${name}: ${printValue(of)}`).join(", ")} }`;
  }
  return { Int: "1", Float: "1.5", Boolean: "true", SafeInt: "1" }[type.name] ?? '"2026-01-01"';
}
