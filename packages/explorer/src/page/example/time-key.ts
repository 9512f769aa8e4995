import { getNamedType, type GraphQLInputType, isEnumType } from "graphql";

/** Input fields that only go with a date or time beside them: how a key of groups is cut into spans. */
export function isOfTime(name: string | undefined): boolean {
  return name === "bucket" || name === "timeZone";
}

/** The first value of an enum of fields that names a date or time. */
export function timeKey(type: GraphQLInputType): { readonly value: string } | undefined {
  const named = getNamedType(type);
  const time = isEnumType(named) ? named.getValues().find(({ name }) => /_(AT|ON)$/.test(name)) : undefined;
  return time && { value: time.name };
}
