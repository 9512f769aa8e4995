import { Lexer, Source, TokenKind } from "graphql";
import type { Refusal } from "./limit.ts";

/**
 * Lexical tokens of a document, counted before anything parses it, and no further than the limit. A document that isn't
 * GraphQL passes: who parses it says what is wrong, and where.
 */
export function refuseTokens(text: string, maximum: number): Refusal<"TOO_MANY_TOKENS"> | undefined {
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 0; count <= maximum; count++) if (lexer.advance().kind === TokenKind.EOF) return undefined;
  } catch {
    return undefined;
  }
  return { code: "TOO_MANY_TOKENS", message: `The document has more than ${maximum} tokens. Ask for less at once.` };
}
