import type { Refusal } from "./limit.ts";

/** Characters of a document: within few tokens, one string or number can be as long as the body allows. */
export function refuseCharacters(text: string, maximum: number): Refusal<"DOCUMENT_TOO_LONG"> | undefined {
  if (text.length <= maximum) return undefined;
  const message = `The document has more than ${maximum} characters. Put long values into variables.`;
  return { code: "DOCUMENT_TOO_LONG", message };
}
