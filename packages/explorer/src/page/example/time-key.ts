import { getNamedType, type GraphQLInputType, isEnumType } from "graphql";

/** Input fields that only go with a date or time beside them: how a key of groups is cut into spans. */
export function isOfTime(name: string | undefined): boolean {
  return name === "bucket" || name === "timeZone";
}

/** The first value of an enum of fields that names an instant, which any span fits; a date has no hours. */
export function timeKey(type: GraphQLInputType): { readonly value: string } | undefined {
  const named = getNamedType(type);
  const time = isEnumType(named) ? named.getValues().find(({ name }) => name.endsWith("_AT")) : undefined;
  return time && { value: time.name };
}
