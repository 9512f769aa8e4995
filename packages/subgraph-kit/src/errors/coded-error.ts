import { GraphQLError } from "graphql";

/** Codes of errors that are thrown (not refusals, which are values in the schema). Public: clients switch on them. */
export const thrownCodes = {
  UNAUTHENTICATED: "Nobody is signed in and this needs somebody. Sign in and send the access token.",
  FORBIDDEN: "This is withheld from the viewer. Ask for less, or act in a role that may see it.",
  BAD_USER_INPUT: "An argument can't be used as it is. The message says which, and what to give.",
  GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  UNAVAILABLE: "A part that this needs is away for a moment. Try again.",
  INTERNAL: "Something unexpected happened. It is logged under the id in `extensions.id`.",
} as const;
export type ThrownCode = keyof typeof thrownCodes;

/** An error whose code and message reach the client as they are. */
export function codedError(code: ThrownCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

export const badInput = (message: string): GraphQLError => codedError("BAD_USER_INPUT", message);
export const forbidden = (message: string): GraphQLError => codedError("FORBIDDEN", message);
