import {
  getNamedType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  print,
} from "graphql";
import type { Find, Question } from "../question/read-question.ts";
import { routesIn } from "./look-up.ts";
import { isKey, needsArgument, type Route, type Step } from "./routes.ts";
import { sampleValue } from "./sample-value.ts";

type Field = GraphQLField<unknown, unknown>;

/** What an example collects while it is written. */
interface Draft {
  readonly schema: GraphQLSchema;
  readonly declared: string[];
  readonly variables: Record<string, unknown>;
  readonly finds: Find[];
}

/**
 * Writes an operation that runs, about a type (`Event`, `BookingWhere`) or a root field (`Query.events`,
 * `Mutation.bookPlace`). Null where nothing of that name can be come to. Values that it makes up fit the schema; ids are looked up.
 */
export function writeExample(schema: GraphQLSchema, coordinate: string): Question | null {
  const route = routeTo(schema, coordinate);
  if (route === null) return null;
  const draft: Draft = { schema, declared: [], variables: {}, finds: [] };
  const selection = follow(draft, route, route.steps, route.root);
  const isMutation = route.root === schema.getMutationType();
  const declared = draft.declared.length > 0 ? `(${draft.declared.join(", ")})` : "";
  const name = `Example${coordinate.replaceAll(/\W/g, "")}`;
  return {
    title: coordinate,
    as: null,
    query: print(parse(`${isMutation ? "mutation" : "query"} ${name}${declared} ${selection}`)),
    variables: draft.variables,
    finds: draft.finds,
  };
}

/** Everything that an example can be written about, root fields first. */
export function exampleSubjects(schema: GraphQLSchema): readonly string[] {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((root) => root !== null && root !== undefined);
  const fields = roots.flatMap((root) => Object.keys(root.getFields()).map((name) => `${root.name}.${name}`));
  const types = [...routesIn(schema).keys()].filter((name) => !roots.some((root) => root.name === name));
  return [...fields, ...types.toSorted()];
}

function routeTo(schema: GraphQLSchema, coordinate: string): Route | null {
  const [typeName = "", fieldName] = coordinate.split(".");
  if (fieldName === undefined) return routesIn(schema).get(typeName) ?? null;
  const root = schema.getType(typeName);
  const field = isObjectType(root) ? root.getFields()[fieldName] : undefined;
  return field === undefined ? null : { root: root as GraphQLObjectType, steps: [{ field }] };
}

/** Selects the way to the end of a route, and there what is worth seeing. */
function follow(draft: Draft, route: Route, [step, ...rest]: readonly Step[], at: GraphQLNamedType): string {
  if (step === undefined) return selectionOf(draft.schema, at);
  if ("on" in step) return `{ __typename ... on ${step.on.name} ${follow(draft, route, rest, step.on)} }`;
  const { field } = step;
  const call = `${field.name}${argumentsOf(draft, field, rest.length === 0 ? route : null)}`;
  const to = getNamedType(field.type);
  return `{ ${call} ${isLeafType(to) ? "" : follow(draft, route, rest, to)} }`;
}

function argumentsOf(draft: Draft, field: Field, last: Route | null): string {
  const owner = getNamedType(field.type).name;
  const given = field.args.flatMap((argument) => {
    const wanted = last?.argument?.argument === argument;
    if (argument.name === "first" && !wanted) return ["first: 3"];
    if (!wanted && !isKey(field, argument) && !isRequiredArgument(argument)) return [];
    const { value, finds } = sampleValue(
      draft.schema,
      argument.type,
      [argument.name],
      owner,
      wanted ? (last?.argument?.inputs ?? []) : [],
    );
    draft.declared.push(`$${argument.name}: ${String(argument.type)}`);
    draft.variables[argument.name] = value;
    draft.finds.push(...finds);
    return [`${argument.name}: $${argument.name}`];
  });
  return given.length === 0 ? "" : `(${given.join(", ")})`;
}

const nothingRequired = (field: Field): boolean => !needsArgument(field);

/** The leaves of a type, and of each type beside it what names it. */
function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType): string {
  if (!isCompositeType(type)) return "";
  const own =
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()).filter(nothingRequired) : [];
  const lines = own.flatMap((field) => {
    const inner = getNamedType(field.type);
    if (isLeafType(inner)) return [field.name];
    const label = labelOf(inner);
    const page = field.args.some(({ name }) => name === "first") ? "(first: 3)" : "";
    return label === null ? [] : [`${field.name}${page} ${label}`];
  });
  if (isAbstractType(type)) lines.push(...possibilities(schema, type.name, own));
  return `{ ${lines.length > 0 ? lines.join(" ") : "__typename"} }`;
}

/** A selection that names a thing; null where nothing does. */
function labelOf(type: GraphQLNamedType): string | null {
  if (!isObjectType(type) && !isInterfaceType(type)) return null;
  const fields = type.getFields();
  const nodes = fields["nodes"];
  if (nodes !== undefined) {
    const label = labelOf(getNamedType(nodes.type));
    return label === null ? null : `{ nodes ${label} }`;
  }
  const name = ["title", "name", "displayName", "label", "code", "status", "id"].find((one) => one in fields);
  const leaf = Object.values(fields).find(
    (field) => isLeafType(getNamedType(field.type)) && nothingRequired(field),
  )?.name;
  return (name ?? leaf) === undefined ? null : `{ ${name ?? leaf} }`;
}

/**
 * `... on` each possible type, or on an interface that several share. A name is selected once with one type, since two of
 * one name have to agree.
 */
function possibilities(schema: GraphQLSchema, name: string, own: readonly Field[]): readonly string[] {
  const type = schema.getType(name);
  if (!isAbstractType(type)) return [];
  const possible = schema.getPossibleTypes(type);
  const implementers = (one: GraphQLInterfaceType) => possible.filter((each) => each.getInterfaces().includes(one));
  const shared = isUnionType(type)
    ? [...new Set(possible.flatMap((each) => each.getInterfaces()))].filter(
        (one) => one.name !== "Node" && implementers(one).length > 1,
      )
    : [];
  const alone = possible.filter((each) => !shared.some((one) => each.getInterfaces().includes(one)));
  const taken = new Map(own.map((field) => [field.name, String(field.type)]));
  const parts = [...alone, ...shared].map((each) => {
    const leaves = Object.values(each.getFields()).filter((field) => {
      if (!isLeafType(getNamedType(field.type)) || !nothingRequired(field)) return false;
      const agreed = taken.get(field.name) ?? String(field.type);
      taken.set(field.name, agreed);
      return agreed === String(field.type) && !own.some((one) => one.name === field.name);
    });
    const names = leaves.slice(0, 6).map((field) => field.name);
    return names.length === 0 ? "" : `... on ${each.name} { ${names.join(" ")} }`;
  });
  return ["__typename", ...parts.filter((part) => part !== "")];
}
