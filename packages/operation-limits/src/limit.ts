import type { DocumentNode } from "graphql";

/** Why an operation is not run: a code for the client's program and a sentence for its author. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
}

/** One protection of those that look at the parsed document. */
export interface DocumentLimit<Code extends string = string> {
  readonly code: Code;
  /** How much of what is limited there is; Infinity rather than a long count. Its cost is linear in the document. */
  measure(document: DocumentNode): number;
  /** Completes "The operation has more than 20 …". */
  readonly unit: string;
}
