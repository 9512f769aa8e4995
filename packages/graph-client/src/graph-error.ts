import type { errorMeanings } from "./generated/codes.ts";

/** The codes that come in `errors[].extensions.code`. */
export type ErrorCode = keyof typeof errorMeanings;

/**
 * What an error asks of the program: `withheld`, leave the field out or say who may see it; `identity`, get another
 * token or organisation; `unavailable`, try again; `badInput`, correct the request; `broken`, report it with its `id`.
 */
export type ErrorKind = "withheld" | "identity" | "unavailable" | "badInput" | "broken";

/** An error as it comes in a response of GraphQL over HTTP. */
export interface ResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

export interface GraphError {
  readonly kind: ErrorKind;
  /** One of the codes that are documented, or a newer one; `INTERNAL` where there was none. */
  readonly code: ErrorCode | (string & {});
  /** For a person. */
  readonly message: string;
  /** Where in the data the null stands that it explains; empty when the whole request failed. */
  readonly path: readonly (string | number)[];
  /** The path without the places in lists: `events.nodes.placesLeft`. */
  readonly field: string;
  /** The service that it is about. */
  readonly service: string | null;
  /** Under which the log has the details. */
  readonly id: string | null;
}

export type SortedErrors = Readonly<Record<ErrorKind, readonly GraphError[]>>;

const kinds: Readonly<Record<ErrorCode, ErrorKind>> = {
  GRAPHQL_PARSE_FAILED: "badInput",
  GRAPHQL_VALIDATION_FAILED: "badInput",
  OPERATION_RESOLUTION_FAILURE: "badInput",
  BAD_REQUEST: "badInput",
  BODY_TOO_LARGE: "badInput",
  BODY_ENCODING_REFUSED: "badInput",
  JSON_TOO_DEEP: "badInput",
  JSON_TOO_MANY_VALUES: "badInput",
  BATCH_REFUSED: "badInput",
  DOCUMENT_TOO_LONG: "badInput",
  TOO_MANY_TOKENS: "badInput",
  TOO_MANY_OPERATIONS: "badInput",
  TOO_MANY_VARIABLES: "badInput",
  OPERATION_TOO_DEEP: "badInput",
  TOO_MANY_SELECTIONS: "badInput",
  TOO_MANY_ROOT_FIELDS: "badInput",
  TOO_MANY_ALIASES: "badInput",
  TOO_MANY_DIRECTIVES: "badInput",
  TOO_MANY_OVERLAPS: "badInput",
  TOO_MANY_ROWS: "badInput",
  OPERATION_TOO_COSTLY: "badInput",
  SUBSCRIPTION_REFUSED: "badInput",
  PERSISTED_QUERY_NOT_FOUND: "badInput",
  PERSISTED_QUERY_MISMATCH: "badInput",
  BAD_USER_INPUT: "badInput",
  NOT_FOUND: "badInput",
  UNAUTHENTICATED: "identity",
  ACCOUNT_UNKNOWN: "identity",
  ACTING_ORGANISATION_REFUSED: "identity",
  INTROSPECTION_REFUSED: "withheld",
  FORBIDDEN: "withheld",
  UNAUTHORIZED_FIELD_OR_TYPE: "withheld",
  IDENTITY_UNAVAILABLE: "unavailable",
  RATE_LIMITED: "unavailable",
  OVERLOADED: "unavailable",
  UNAVAILABLE: "unavailable",
  SUBGRAPH_UNAVAILABLE: "unavailable",
  SUBGRAPH_ANSWER_REFUSED: "broken",
  INTERNAL: "broken",
};

/**
 * Sorts the errors of a response by what they ask of the program, each list in the order of the response. A field that
 * needs somebody signed in is withheld; a token that the graph refuses is a matter of identity. Unknown codes are `broken`.
 */
export function sortErrors(errors: readonly ResponseError[] | null | undefined): SortedErrors {
  const sorted: Record<ErrorKind, GraphError[]> = {
    withheld: [],
    identity: [],
    unavailable: [],
    badInput: [],
    broken: [],
  };
  for (const error of errors ?? []) {
    const read = readError(error);
    sorted[read.kind].push(read);
  }
  return sorted;
}

/** A field of which something was withheld, and why. */
export interface WithheldField {
  /** Without the places in lists: `people.nodes.email`. */
  readonly field: string;
  readonly code: GraphError["code"];
  readonly message: string;
  /** In how many places of the data; a list of forty people has forty. */
  readonly count: number;
}

/** Which fields of a response were withheld, and why: one entry for a field and reason, however many rows it is of. */
export function withheldFields(errors: readonly ResponseError[] | null | undefined): readonly WithheldField[] {
  const found = new Map<string, WithheldField>();
  for (const { field, code, message } of sortErrors(errors).withheld) {
    const key = JSON.stringify([field, code, message]);
    found.set(key, { field, code, message, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

function readError({ message, path = [], extensions = {} }: ResponseError): GraphError {
  const { code = "INTERNAL", service, id } = extensions;
  return {
    kind: kindOf(String(code), path.length > 0),
    code: String(code),
    message,
    path,
    field: path.filter((step) => typeof step === "string").join("."),
    service: typeof service === "string" ? service : null,
    id: typeof id === "string" ? id : null,
  };
}

function kindOf(code: string, ofField: boolean): ErrorKind {
  if (code === "UNAUTHENTICATED" && ofField) return "withheld";
  return Object.hasOwn(kinds, code) ? kinds[code as ErrorCode] : "broken";
}
