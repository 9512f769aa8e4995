import {
  GraphQLBoolean,
  type GraphQLCompositeType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLSchema,
  GraphQLString,
  isEnumType,
  isObjectType,
} from "graphql";

/** Whether a value that is not null fits a type of leaf. */
export type AcceptLeaf = (value: unknown) => boolean;

/** A custom scalar may be any JSON. Deeper than this, who reads or writes it may run out of stack. */
const MOST_LEVELS = 64;

const builtIn = new Map<string, AcceptLeaf>([
  [GraphQLInt.name, isInt],
  [GraphQLFloat.name, (value) => Number.isFinite(value)],
  [GraphQLString.name, (value) => typeof value === "string"],
  [GraphQLBoolean.name, (value) => typeof value === "boolean"],
  [GraphQLID.name, (value) => typeof value === "string" || Number.isSafeInteger(value)],
]);

export function leafOf(type: GraphQLLeafType): AcceptLeaf {
  if (!isEnumType(type)) return builtIn.get(type.name) ?? acceptJson;
  const values = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => values.has(value);
}

/** The name of an object type that a value of `type` may have. Root types may be called anything by their subgraph. */
export function acceptTypename(schema: GraphQLSchema, type: GraphQLCompositeType): AcceptLeaf {
  if ([schema.getQueryType(), schema.getMutationType()].includes(type as never))
    return (value) => typeof value === "string";
  const names = new Set<unknown>((isObjectType(type) ? [type] : schema.getPossibleTypes(type)).map(({ name }) => name));
  return (value) => names.has(value);
}

function isInt(value: unknown): boolean {
  return typeof value === "number" && (value | 0) === value;
}

/** Takes `__proto__` out of it, at every level: what merges it with something later must not change that one's prototype. */
function acceptJson(value: unknown): boolean {
  return typeof value !== "object" || cleanJson(value, 1);
}

function cleanJson(value: unknown, level: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (level > MOST_LEVELS) return false;
  if (Array.isArray(value)) return value.every((item) => cleanJson(item, level + 1));
  if (Object.hasOwn(value, "__proto__")) delete (value as Record<string, unknown>)["__proto__"];
  return Object.values(value).every((item) => cleanJson(item, level + 1));
}
