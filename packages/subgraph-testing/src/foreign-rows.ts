import { newGlobalId, type GlobalIdType } from "@clic/global-id";
import type { Viewer } from "@clic/identity";
import type { Subgraph } from "@clic/subgraph-kit";
import {
  getNamedType,
  GraphQLID,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import type { Answer, TestSubgraph } from "./test-subgraph.ts";

/** Global ids by type. */
export type Ids = ReadonlyMap<GlobalIdType, readonly string[]>;

export interface ForeignRows {
  readonly world: TestSubgraph;
  readonly subgraph: Subgraph;
  readonly viewer: Viewer;
  /** Every row that the viewer may not know of. */
  readonly hidden: Ids;
  /** Rows that they may, from which the walk goes along every field. */
  readonly known: Ids;
  /** What an input field needs to get past validation: `assessSupportRequest.score`. */
  readonly samples?: Readonly<Record<string, unknown>>;
}

export interface ForeignWalk {
  /** Fields whose answers had the id of a hidden row in them. */
  readonly shown: readonly string[];
  /** Operations that answer the id of a hidden row otherwise than an id that never was: existence can be inferred. */
  readonly told: readonly string[];
  readonly asked: number;
}

type Field = GraphQLField<unknown, unknown>;
type Input = GraphQLArgument | GraphQLInputField;

/** A place of the schema that takes an id. */
interface Use {
  readonly name: string;
  readonly field: Field;
  readonly argument: GraphQLArgument;
  /** The argument's value. */
  value(id: string): unknown;
}

/**
 * Asks every query, list, filter, reference, field of a known row and mutation of a subgraph for rows that the viewer may
 * not know of. Hazard: mutations are really sent; give it a database of its own.
 */
export async function walkForeignRows(walk: ForeignRows): Promise<ForeignWalk> {
  const { world, subgraph, viewer, hidden } = walk;
  const secret = new Set([...hidden.values()].flat());
  const told = new Set<string>();
  let asked = 0;
  const ask = async (query: string, variables: Record<string, unknown>): Promise<Answer> => {
    asked++;
    const answer = await world.ask(viewer, query, variables);
    const mistaken = answer.errors?.find(({ extensions }) => extensions.code === "GRAPHQL_VALIDATION_FAILED");
    if (mistaken !== undefined) throw new Error(`${query}: ${mistaken.message}`);
    return answer;
  };
  const shown: string[] = [];
  for (const [name, query, variables] of everythingSeen(walk))
    if (idsIn(JSON.stringify(await ask(query, variables))).some((id) => secret.has(id))) shown.push(name);

  const { queries, mutations } = usesOfIds(subgraph.schema, walk.samples ?? {});
  for (const [type, [first]] of hidden) {
    const ids = [first as string, newGlobalId(type)];
    const said = new Map<Use, string[]>();
    // One operation makes many uses; where the error of one has taken the others' answers along, two make half of them each.
    const each = async (kind: string, uses: readonly Use[], id: string): Promise<void> => {
      const answer = await ask(...operation(kind, uses, id));
      const half = Math.ceil(uses.length / 2);
      if (answer.data == null && half < uses.length) {
        await each(kind, uses.slice(0, half), id);
        await each(kind, uses.slice(half), id);
      } else
        for (const [index, use] of uses.entries()) said.set(use, [...(said.get(use) ?? []), saidOf(index, id, answer)]);
    };
    for (const id of ids) {
      await each("query", queries, id);
      for (const use of mutations) await each("mutation", [use], id);
    }
    for (const [use, [one, other]] of said) if (one !== other) told.add(`${use.name} of ${type}`);
    if (!isEntity(subgraph.schema, type)) continue;
    const answers: string[] = [];
    for (const id of ids) answers.push(masked(await ask(reference, { r: [{ __typename: type, id }] }), id));
    if (answers[0] !== answers[1]) told.add(`reference of ${type}`);
  }
  return { shown, told: [...told], asked };
}

const reference = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Node { id } } }";

function isEntity(schema: GraphQLSchema, type: string): boolean {
  const entity = schema.getType("_Entity");
  return isUnionType(entity) && entity.getTypes().some(({ name }) => name === type);
}

/** One operation that makes every use of an id, each under an alias. */
function operation(kind: string, uses: readonly Use[], id: string): [string, Record<string, unknown>] {
  const variables = uses.map(({ argument }, index) => `$v${index}: ${String(argument.type)}`);
  const fields = uses.map(({ field, argument }, index) => {
    const call = `f${index}: ${field.name}(${argument.name}: $v${index})`;
    return `${call} ${selectionOf(field)}`;
  });
  return [
    `${kind} (${variables.join(" ")}) { ${fields.join("\n")} }`,
    Object.fromEntries(uses.map((use, index) => [`v${index}`, use.value(id)])),
  ];
}

/** What an answer says of one use: its data and its errors, without the id. */
function saidOf(index: number, id: string, { data, errors = [] }: Answer): string {
  const alias = `f${index}`;
  const said = (data as Record<string, unknown> | null | undefined)?.[alias];
  return masked({ data: said, errors: errors.filter(({ path }) => (path?.[0] ?? alias) === alias) }, id);
}

function masked({ data, errors }: { readonly data?: unknown; readonly errors?: unknown }, id: string): string {
  return JSON.stringify({ data, errors }).replaceAll(id, "ID");
}

function selectionOf(field: Field): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return "";
  if (isObjectType(type) && "totalCount" in type.getFields()) return "{ totalCount nodes { __typename } }";
  if (!isUnionType(type)) return "{ __typename }";
  const members = type.getTypes().flatMap((member) => {
    const told = ["id", "code", "message"].filter((name) => name in member.getFields());
    return told.length === 0 ? [] : [`... on ${member.name} { ${told.join(" ")} }`];
  });
  return `{ __typename ${members.join(" ")} }`;
}

function idsIn(text: string): string[] {
  return text.match(/[a-z]{3}_[0-9a-f-]{36}/g) ?? [];
}

/** Every root list, and every field of every known row, with the ids that they bring. */
function everythingSeen({ subgraph, known }: ForeignRows): [string, string, Record<string, unknown>][] {
  const { schema } = subgraph;
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field): [string, string, object][] => {
    const ids = idsOf(field);
    return ids === null ? [] : [[field.name, `{ ${ids} }`, {}]];
  });
  const fields = [...known].flatMap(([type, ids]) => {
    const object = schema.getType(type);
    if (!isObjectType(object)) return [];
    const representations = ids.slice(0, 100).map((id) => ({ __typename: type, id }));
    return Object.values(object.getFields()).flatMap((field): [string, string, object][] => {
      const found = idsOf(field);
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${found} } } }`;
      return found === null ? [] : [[`${type}.${field.name}`, query, { r: representations }]];
    });
  });
  return [...lists, ...fields].map(([name, query, given]) => [name, query, given as Record<string, unknown>]);
}

/** The selection of the ids behind a field; null where it has none, or needs an argument. */
function idsOf(field: Field): string | null {
  const type = getNamedType(field.type);
  if (field.args.some(isRequiredArgument) || field.name.startsWith("_")) return null;
  if (!isObjectType(type) && !isInterfaceType(type)) return null;
  const first = field.args.some(({ name }) => name === "first") ? "(first: 100)" : "";
  if ("nodes" in type.getFields())
    return `${field.name}${first} { totalCount nodes { __typename ... on Node { id } } }`;
  return "id" in type.getFields() ? `${field.name}${first} { __typename id }` : null;
}

/** Every place of an operation that takes an id. */
function usesOfIds(
  schema: GraphQLSchema,
  samples: Readonly<Record<string, unknown>>,
): { queries: readonly Use[]; mutations: readonly Use[] } {
  const fieldsOf = (root: GraphQLObjectType | null | undefined): Field[] => Object.values(root?.getFields() ?? {});
  const isId = (input: Input): boolean => getNamedType(input.type) === GraphQLID;
  const queries = fieldsOf(schema.getQueryType())
    .filter(({ name }) => !name.startsWith("_"))
    .flatMap((field) =>
      field.args.flatMap((argument): Use[] => {
        const required = field.args.filter(isRequiredArgument);
        const where = getNamedType(argument.type);
        if (isId(argument) && required.every((one) => one === argument))
          return [{ name: `${field.name}(${argument.name})`, field, argument, value: (id) => given(argument, id) }];
        if (argument.name !== "where" || !isInputObjectType(where)) return [];
        return Object.values(where.getFields())
          .filter(({ type }) => String(type) === "IDFilter")
          .map(({ name }) => ({
            name: `${field.name}(where.${name})`,
            field,
            argument,
            value: (id) => ({ [name]: { in: [id] } }),
          }));
      }),
    );
  const mutations = fieldsOf(schema.getMutationType()).flatMap((field) =>
    field.args.flatMap((argument): Use[] => {
      const type = getNamedType(argument.type);
      if (!isInputObjectType(type)) return [];
      const inputs = Object.values(type.getFields());
      const sampleOf = (input: Input): unknown => samples[`${field.name}.${input.name}`];
      const needed = inputs.filter((one) => isRequiredInputField(one) || sampleOf(one) !== undefined);
      return inputs.filter(isId).map((input) => ({
        name: `${field.name}(${input.name})`,
        field,
        argument,
        value: (id) => ({
          ...Object.fromEntries(needed.map((one) => [one.name, sampleOf(one) ?? sample(one.type, id)])),
          [input.name]: given(input, id),
        }),
      }));
    }),
  );
  return { queries, mutations };
}

function given(input: Input, id: string): unknown {
  const type = isNonNullType(input.type) ? input.type.ofType : input.type;
  return isListType(type) ? [id] : id;
}

/** A value of an input type; an id where it takes one. */
function sample(type: GraphQLInputType, id: string): unknown {
  if (isNonNullType(type)) return sample(type.ofType, id);
  if (isListType(type)) return [sample(type.ofType, id)];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map((one) => [one.name, sample(one.type, id)]),
    );
  const samples: Record<string, unknown> = {
    ID: id,
    Int: 2,
    Float: 2,
    SafeInt: 2,
    Boolean: true,
    Date: "2026-01-01",
    DateTime: "2026-01-01T10:00:00Z",
  };
  return samples[type.name] ?? "A text of some length";
}
