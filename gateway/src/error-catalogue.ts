/**
 * Every code that a client can meet in `errors[].extensions.code`, and what it means. Codes are public: they are never
 * renamed or reused. ERRORS.md says the same to people, and a test holds the two to each other.
 */
export const errorCatalogue = {
  GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  OPERATION_RESOLUTION_FAILURE: "The document has several operations and operationName names none of them.",
  BAD_REQUEST: "The HTTP request is not a GraphQL request, or a browser could have been tricked into sending it.",
  BODY_TOO_LARGE: "The request's body is larger than 1 MB, after inflating.",
  BODY_ENCODING_REFUSED: "The request's body is not UTF-8, or says that it is something else.",
  JSON_TOO_DEEP: "The request's JSON is nested too deep.",
  JSON_TOO_MANY_VALUES: "The request's JSON has too many values.",
  BATCH_REFUSED: "The request has more operations than the gateway takes at once; by default one.",
  DOCUMENT_TOO_LONG: "The document has too many characters.",
  TOO_MANY_TOKENS: "The document has too many tokens.",
  TOO_MANY_OPERATIONS: "The document has too many operations.",
  TOO_MANY_VARIABLES: "An operation declares too many variables.",
  OPERATION_TOO_DEEP: "An operation has too many fields within fields.",
  TOO_MANY_SELECTIONS: "An operation has too many fields, once its fragments are expanded.",
  TOO_MANY_ROOT_FIELDS: "An operation has too many fields of the root.",
  TOO_MANY_ALIASES: "An operation has too many aliases.",
  TOO_MANY_DIRECTIVES: "An operation has too many directives.",
  TOO_MANY_OVERLAPS: "An operation asks too often for the same place of the answer.",
  TOO_MANY_ROWS: "An operation may bring too much, by the page sizes that it asks for.",
  OPERATION_TOO_COSTLY: "The operation takes too long to plan.",
  SUBSCRIPTION_REFUSED: "A subscription cannot be answered to a POST.",
  PERSISTED_QUERY_NOT_FOUND: "The hash or id stands for no operation that is known. Send the query with it.",
  PERSISTED_QUERY_MISMATCH: "The hash is not that of the query beside it.",
  RATE_LIMITED: "The caller has asked too often. Retry-After says when to try again.",
  OVERLOADED: "The gateway has more to do than it can. Try again.",
  BAD_USER_INPUT: "A variable or argument has a value that the schema or the service refuses.",
  UNAUTHENTICATED: "The access token is missing, malformed, expired or not meant for this graph.",
  IDENTITY_UNAVAILABLE: "The token or the account cannot be checked at the moment.",
  ACCOUNT_UNKNOWN: "The token is good, but nobody has linked it to a person or client of the collaborative.",
  ACTING_ORGANISATION_REFUSED: "x-acting-organisation names an organisation that the caller has no membership of.",
  INTROSPECTION_REFUSED: "Reading the schema needs the scope graph:introspect, and an operation of its own.",
  UNAUTHORIZED_FIELD_OR_TYPE: "The schema withholds this field or type from the caller.",
  FORBIDDEN: "The caller may not see or do this.",
  NOT_FOUND: "There is nothing here.",
  UNAVAILABLE: "A part that a service needs is away for a moment. Try again.",
  SUBGRAPH_UNAVAILABLE: "A service could not be reached, or did not answer in time. Its fields are null.",
  SUBGRAPH_ANSWER_REFUSED: "A service answered with what the gateway does not pass on. Its fields are null.",
  INTERNAL: "Something went wrong. The log has the details under the error's id.",
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorCatalogue;

/** The codes whose message a service may choose; a message under any other code may carry what clients must not see. */
export const codesFromServices: ReadonlySet<string> = new Set<ErrorCode>([
  "BAD_USER_INPUT",
  "FORBIDDEN",
  "NOT_FOUND",
  "UNAUTHENTICATED",
  "UNAVAILABLE",
  "INTERNAL",
]);

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorCatalogue, code);
}
