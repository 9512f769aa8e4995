/** A request to the graph, to be written down in another language. */
export interface CopiedRequest {
  /** Absolute. */
  readonly url: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether it carries a token. The token itself is never written down: texts that are copied end up in many places. */
  readonly signedIn: boolean;
  /** The command that prints a token; null where only the reader knows how to get one. */
  readonly tokenCommand: string | null;
  /** The organisation's id, for those who act for one of several. */
  readonly actingOrganisation: string | null;
}

/** Whether the variables say anything. */
export function hasVariables({ variables }: CopiedRequest): boolean {
  return Object.keys(variables).length > 0;
}

/** How to get the token, as the text of a comment. */
export function tokenHint({ tokenCommand }: CopiedRequest): string {
  return tokenCommand === null ? "TOKEN is your access token" : `export TOKEN=$(${tokenCommand})`;
}
