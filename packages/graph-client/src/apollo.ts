import { type ConnectionPolicy, connectionPolicy } from "./connection-policy.ts";
import { connectionFields, possibleTypes } from "./generated/cache.ts";

/** What Apollo Client's `new InMemoryCache(cacheOptions)` wants to know of this graph. */
export const cacheOptions: {
  /** Interface or union → the types that it can be, so that fragments on `WorkItem` or `UserError` match. */
  readonly possibleTypes: Record<string, string[]>;
  /** Every connection grows by `fetchMore({ variables: { after } })`. */
  readonly typePolicies: Record<string, { readonly fields: Record<string, ConnectionPolicy> }>;
} = {
  possibleTypes,
  typePolicies: Object.fromEntries(
    Object.entries(connectionFields).map(([type, fields]) => [
      type,
      { fields: Object.fromEntries(fields.map((field) => [field, connectionPolicy])) },
    ]),
  ),
};
