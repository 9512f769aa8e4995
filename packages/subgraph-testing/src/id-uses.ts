import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  GraphQLID,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from "graphql";

type Field = GraphQLField<unknown, unknown>;
type Input = GraphQLArgument | GraphQLInputField;

/** A place of the schema that takes an id. */
export interface Use {
  readonly name: string;
  readonly field: Field;
  readonly argument: GraphQLArgument;
  /** The argument's value. */
  value(id: string): unknown;
}

/** Every place of an operation that takes an id. */
export function usesOfIds(
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

/** One operation that makes every use of an id, each under an alias. */
export function operation(kind: string, uses: readonly Use[], id: string): [string, Record<string, unknown>] {
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
