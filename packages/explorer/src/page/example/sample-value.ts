import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
} from "graphql";
import type { Find } from "../question/read-question.ts";
import { findLookUp } from "./look-up.ts";
import { isOfTime, timeKey } from "./time-key.ts";

const scalars: Readonly<Record<string, unknown>> = {
  Boolean: true,
  Date: "2026-06-30",
  DateTime: "2026-06-30T09:00:00Z",
  Float: 1.5,
  Int: 1,
  SafeInt: 1,
  String: "example",
};

/** A value for an input, and the look-ups that give the ids in it. */
export interface Sample {
  readonly value: unknown;
  readonly finds: readonly Find[];
}

/**
 * Makes up a value that a type accepts: what is required, and what leads `towards` an input field that an example is about.
 *
 * @param path where the value stands in the variables; its last name tells what an ID is the id of
 * @param owner the type that an `id` belongs to
 */
export function sampleValue(
  schema: GraphQLSchema,
  type: GraphQLInputType,
  path: readonly string[],
  owner: string,
  towards: readonly string[] = [],
): Sample {
  if (isNonNullType(type)) return sampleValue(schema, type.ofType, path, owner, towards);
  if (isListType(type)) {
    const { value, finds } = sampleValue(schema, type.ofType, [...path, "0"], owner, towards);
    return { value: [value], finds };
  }
  if (isEnumType(type)) return { value: type.getValues()[0]?.name, finds: [] };
  if (isScalarType(type)) {
    if (type.name !== "ID") return { value: scalars[type.name] ?? "example", finds: [] };
    const query = findLookUp(schema, path.filter((step) => !/^\d+$/.test(step)).at(-1) ?? "", owner);
    return { value: "", finds: query === null ? [] : [{ path, query }] };
  }
  if (!isInputObjectType(type)) return { value: null, finds: [] };
  const fields = Object.values(type.getFields());
  const [next, ...rest] = towards;
  const required = fields.filter((field) => isRequiredInputField(field) || field.name === next);
  const chosen =
    required.length > 0 ? required : fields.filter(({ name }) => name === simplest(type.name, fields)).slice(0, 1);
  const samples = chosen.map(({ name, type: inner }) => ({
    name,
    ...sampleValue(schema, inner, [...path, name], owner, name === next ? rest : []),
    ...(isOfTime(next) && timeKey(inner)),
  }));
  return {
    value: Object.fromEntries(samples.map(({ name, value }) => [name, value])),
    finds: samples.flatMap(({ finds }) => finds),
  };
}

/** The field of an input without required ones that says most with least: an enum's, then a text's. */
function simplest(
  owner: string,
  fields: readonly { readonly name: string; readonly type: GraphQLInputType }[],
): string | undefined {
  const others = fields.filter(({ type }) => getNamedType(type).name !== owner);
  const ranks = [/^eq$/, /^status$/, /^kind$/, /^(title|name|code)$/, /At$|On$/];
  for (const rank of ranks) {
    const found = others.find(({ name }) => rank.test(name));
    if (found !== undefined) return found.name;
  }
  return (others[0] ?? fields[0])?.name;
}
